using System.Text.Json;
using RefIke.Wire;
using Xunit;

namespace RefIke.Interop;

/// <summary>
/// NAT traversal, fragments and dead peer detection with strongSwan, in both roles. Its kernel-libipsec pretends that
/// there is a NAT, so that both move to port 4500.
/// </summary>
public sealed class StrongSwanProfileTests(InteropTable table)
{
    private readonly StrongSwanCase live = new(table);

    /// <summary>
    /// RFC 3947 §3, §4, RFC 3948: both say that they are behind a NAT; phase 1 begins on port 500 and ends on 4500, the
    /// pair is UDP encapsulated, and keepalives go out.
    /// </summary>
    [Theory]
    [InlineData("initiator", false)]
    [InlineData("initiator", true)]
    [InlineData("responder", false)]
    [InlineData("responder", true)]
    [Clause("3947-4-01")]
    public void BothMoveToPort4500(string role, bool isAggressive) => live.Run(role, new()
    {
        IsAggressive = isAggressive,
        RefikeKeys = "force_nat = true\nnat_keepalive = \"1s\"",
    }, (refike, swan) =>
    {
        refike.Demand("IPsec pair up");
        Assert.Contains("Udp", refike.Output, StringComparison.Ordinal);
        var shown = StrongSwanCase.SameKeymat(refike, swan, role == "initiator");
        var ports = refike.Messages().Select(m => int.Parse(RefIkePeer.From(m).Split(':')[1], null)).ToArray();
        Assert.Equal(500, ports[0]);
        Assert.Equal(4500, ports[^1]);
        Assert.Equal(ports, ports.OrderBy(p => p));
        Assert.True(swan.WaitFor("is behind NAT", 5), "charon sees no NAT");
        Assert.True(
            Shell.WaitUntil(() => refike.Trace.Split("\"keepalive\"").Length > 2, 10), "RefIke sends no keepalives");
        return $"port 4500 from message {(isAggressive ? 3 : 5)} on, UDP encapsulation; {shown}";
    });

    /// <summary>
    /// RFC 3947 §7, D-175: the NAT in front of strongSwan forgets its mapping and makes another; RefIke follows the
    /// next message that verifies, and the rekey that it begins is answered at the new port.
    /// </summary>
    [Fact]
    [Clause("3947-7-01")]
    [Clause("3947-7-02")]
    public void NatThatTakesOtherPortsIsFollowed()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess && Network.NatMissing is not null, Network.NatMissing ?? "");
        live.Run("responder", new() { IsBehindNat = true }, (refike, swan, network) =>
        {
            refike.Demand("IPsec pair up");
            Assert.All(Ports(refike), p => Assert.InRange(p, 10000, 10999));
            network.Rebind(20000);
            swan.Control("--rekey", "--child", "c1");
            refike.Demand("peer moved");
            refike.Demand("IPsec pair up", times: 2);
            Assert.InRange(Ports(refike)[^1], 20000, 20999);
            return $"the NAT takes other ports, RefIke follows; {StrongSwanCase.SameKeymat(refike, swan, false, false)}";
        });

        static int[] Ports(RefIkePeer refike) => [.. refike.Messages().Select(RefIkePeer.From)
            .Where(f => f.StartsWith($"{Network.AddressOfNat}:", StringComparison.Ordinal))
            .Select(f => int.Parse(f.Split(':')[1], null))];
    }

    /// <summary>[MS-IKEE] §2.2: both cut what is long, certificates above all, and gather it again.</summary>
    [Theory]
    [InlineData("initiator", "rsa-sig", false)]
    [InlineData("responder", "rsa-sig", false)]
    [InlineData("initiator", "rsa-sig", true)]
    [InlineData("responder", "rsa-sig", true)]
    [InlineData("initiator", "ecdsa-384", false)]
    [InlineData("responder", "ecdsa-384", false)]
    [Clause("msikee-2.2-02")]
    [Clause("msikee-2.2-03")]
    public void BothSendInFragments(string role, string auth, bool isAggressive) => live.Run(role, new()
    {
        Auth = auth,
        IsAggressive = isAggressive,
        Phase1 = "aes128-sha256-modp2048",
        RefikeKeys = "fragmentation = \"force\"\nfragment_size = 300",
        PeerKeys = "fragmentation = force",
        PeerSettings = "fragment_size = 400",
    }, (refike, swan) =>
    {
        refike.Demand("IPsec pair up");
        var shown = StrongSwanCase.SameKeymat(refike, swan, role == "initiator");
        var (ours, theirs) = (Fragments(refike, Network.AddressA), Fragments(refike, Network.AddressB));
        Assert.True(ours > 2 && theirs > 2, $"{ours} and {theirs} fragments");
        Assert.True(swan.WaitFor("reassembled fragmented IKE message", 5), "charon reassembled nothing");
        return $"fragments both ways; {shown}";
    });

    /// <summary>The same only once the peer has said that it gathers fragments: message 1 is whole.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    [Clause("msikee-2.2-02")]
    public void FragmentsWaitForThePeersVendorId(string role) => live.Run(role, new()
    {
        Auth = "rsa-sig",
        Phase1 = "aes128-sha256-modp2048",
        RefikeKeys = "fragmentation = true\nfragment_size = 128",
        PeerKeys = "fragmentation = yes",
    }, (refike, swan) =>
    {
        refike.Demand("IPsec pair up");
        Assert.True(Fragments(refike, Network.AddressA) > 2, "RefIke sent no fragments");
        Assert.StartsWith("SA", refike.Messages()[0].GetProperty("payloads").GetString()!, StringComparison.Ordinal);
        return $"fragments after the vendor ids; {StrongSwanCase.SameKeymat(refike, swan, role == "initiator")}";
    });

    /// <summary>RFC 3706 §5: RefIke asks a silent strongSwan, strongSwan a silent RefIke, and both answer.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    [Clause("3706-5.3-01")]
    public void BothAskAndBothSayThatTheyLive(string role)
    {
        live.Run(role, new() { RefikeKeys = "dpd = \"1s\"" }, (refike, swan) =>
        {
            refike.Demand("IPsec pair up");
            Demand(refike, Network.AddressB);
            Assert.DoesNotContain("peer dead", refike.Output, StringComparison.Ordinal);
            return $"DPD: strongSwan answers RefIke; {StrongSwanCase.SameKeymat(refike, swan, role == "initiator")}";
        });
        live.Run(role, new() { PeerKeys = "dpd_delay = 1s" }, (refike, swan) =>
        {
            refike.Demand("IPsec pair up");
            Demand(refike, Network.AddressA);
            Assert.True(swan.WaitFor("sending DPD request", 5, 3), "charon asked less than three times");
            Assert.DoesNotContain("DPD check timed out", swan.Log, StringComparison.Ordinal);
            return $"DPD: RefIke answers strongSwan; {StrongSwanCase.SameKeymat(refike, swan, role == "initiator")}";
        });
    }

    /// <summary>RFC 3706 §5.4: strongSwan dies without a word; RefIke notices and deletes its SAs.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    [Clause("3706-5.4-01")]
    public void DeadStrongSwanIsNoticed(string role)
        => live.Run(role, new() { RefikeKeys = "dpd = \"1s\"" }, (refike, swan) =>
    {
        refike.Demand("IPsec pair up");
        swan.Die();
        refike.Demand("peer dead", 30);
        refike.Demand("IPsec pair gone");
        refike.Demand("ISAKMP SA gone");
        return "DPD: strongSwan dies, RefIke notices and deletes its SAs";
    });

    /// <summary>The same the other way round.</summary>
    [Fact]
    public void DeadRefIkeIsNoticed()
        => live.Run("responder", new() { PeerKeys = "dpd_delay = 1s\ndpd_timeout = 5s" }, (refike, swan) =>
        {
            refike.Demand("IPsec pair up");
            refike.Die();
            Assert.True(swan.WaitFor("DPD check timed out", 20), swan.Tail);
            return "DPD: RefIke dies, strongSwan notices";
        });

    private static void Demand(RefIkePeer refike, string answerFrom)
        => Assert.True(Shell.WaitUntil(() => refike.Notifies(answerFrom, "RUThereAck") >= 3, 20),
            $"{answerFrom} did not answer three times");

    private static int Fragments(RefIkePeer refike, string from)
        => refike.Messages().Count(
            m => RefIkePeer.From(m).StartsWith($"{from}:", StringComparison.Ordinal) && IsFragment(m));

    private static bool IsFragment(JsonElement message)
        => message.GetProperty("payloads").GetString()!.Contains("FRAG", StringComparison.Ordinal)
            || message.GetProperty("payloads").GetString()!.Contains("fragments", StringComparison.Ordinal);
}
