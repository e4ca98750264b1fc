using RefIke.Wire;
using Xunit;

namespace RefIke.Interop;

/// <summary>RefIke against strongSwan over real UDP, in both roles; what both derived is compared octet for octet.</summary>
public sealed class StrongSwanTests(InteropTable table)
{
    private readonly StrongSwanCase live = new(table);

    public static TheoryData<string, string, string> Suites
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var role in new[] { "initiator", "responder" })
            {
                data.Add(role, "3des-md5-modp1024", "3des-md5");
                data.Add(role, "aes128-sha1-modp2048", "aes128-sha1-modp2048");
                data.Add(role, "aes256-sha256-modp3072", "aes256-sha256");
                data.Add(role, "aes256-sha384-ecp384", "aes128-sha1");
                data.Add(role, "aes192-sha512-ecp256", "aes256-sha512-ecp256");
            }

            return data;
        }
    }

    /// <summary>RFC 2409 §5.4, §5.5: Main Mode and Quick Mode end with the same KEYMAT for each SPI and direction.</summary>
    [Theory]
    [MemberData(nameof(Suites))]
    [Clause("2409-3.2-02")]
    [Clause("2409-3.2-03")]
    [Clause("2409-4-07")]
    [Clause("2409-5-15")]
    [Clause("2409-5-16")]
    [Clause("2409-5-17")]
    [Clause("2409-5-18")]
    [Clause("2409-5-19")]
    [Clause("2409-5.4-02")]
    [Clause("2409-5.5-07")]
    [Clause("2409-5.5-11")]
    [Clause("2409-5.5-12")]
    [Clause("2409-5.5-13")]
    [Clause("2409-5.5-14")]
    [Clause("2409-5.5-15")]
    [Clause("2409-5.5-16")]
    [Clause("2409-5.5-17")]
    [Clause("2409-B-02")]
    [Clause("2409-B-03")]
    [Clause("2409-B-04")]
    [Clause("2409-B-06")]
    [Clause("2409-B-07")]
    [Clause("2409-B-09")]
    public void BothDeriveTheSameKeymat(string role, string phase1, string esp) => live.Run(role, new() { Phase1 = phase1, Esp = esp }, (refike, swan) =>
    {
        refike.Demand("IPsec pair up");
        return StrongSwanCase.SameKeymat(refike, swan, role == "initiator");
    });

    /// <summary>RFC 2409 §5.4: with another secret nobody is authenticated, and the exchange ends on both sides.</summary>
    [Theory]
    [InlineData("initiator", "refike-psk", "another")]
    [InlineData("responder", "refike-psk", "another")]
    [Clause("2408-5.11-01")]
    public void OtherSecretsNeverMeet(string role, string ours, string theirs) => live.Run(role, new() { PeerSecret = theirs }, (refike, swan) =>
    {
        Assert.NotEqual(ours, theirs);
        refike.Demand(role == "initiator" ? "Main Mode failed" : "rejected          Undecodable", 40);
        Assert.DoesNotContain("SA up", refike.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ESTABLISHED", swan.Control("--list-sas"), StringComparison.Ordinal);
        return "another secret: no SA on either side";
    });

    /// <summary>RFC 2408 §5.4: the responder that takes no transform says NO-PROPOSAL-CHOSEN, and the initiator hears it.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    [Clause("2409-5.7-03")]
    [Clause("2408-5.4-03")]
    public void OfferWithoutCommonTransformIsRefused(string role)
        => live.Run(role, new() { PeerPhase1 = "aes256-sha256-modp2048" }, (refike, swan) =>
    {
        if (role == "initiator")
        {
            refike.Demand("peer says         NoProposalChosen");
        }
        else
        {
            refike.Demand("rejected          NothingAcceptable");
            Assert.True(swan.WaitFor("received NO_PROPOSAL_CHOSEN error notify", 5), swan.Tail);
        }

        return "no common transform: NO-PROPOSAL-CHOSEN sent and heard";
    });

    /// <summary>RFC 2409 §5.5, RFC 2408 §5.4: the same for Quick Mode, protected by the ISAKMP SA.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    [Clause("2409-5.7-01")]
    [Clause("2409-B-08")]
    [Clause("2408-3.14-02")]
    public void ChildWithoutCommonTransformIsRefused(string role)
        => live.Run(role, new() { PeerEsp = "aes256-sha256" }, (refike, swan) =>
    {
        if (role == "initiator")
        {
            refike.Demand("peer says         NoProposalChosen");
            refike.Demand("Quick Mode failed");
        }
        else
        {
            refike.Demand("rejected          NothingAcceptable");
            Assert.True(swan.WaitFor("received NO_PROPOSAL_CHOSEN error notify", 5), swan.Tail);
        }

        return "no common ESP transform: NO-PROPOSAL-CHOSEN under the SA";
    });

    /// <summary>RFC 2408 §4.3, §3.15: strongSwan rekeys the pair, then deletes it and the ISAKMP SA; RefIke follows.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    [Clause("2408-3.15-02")]
    [Clause("2408-5.15-02")]
    [Clause("2409-B-08")]
    public void StrongSwanRekeysAndDeletes(string role) => live.Run(role, new(), (refike, swan) =>
    {
        refike.Demand("IPsec pair up");
        swan.Control("--rekey", "--child", "c1");
        refike.Demand("IPsec pair up", times: 2);
        var shown = StrongSwanCase.SameKeymat(refike, swan, role == "initiator", false);
        swan.Control("--terminate", "--ike", "t", "--timeout", "5");
        refike.Demand("IPsec pair gone");
        refike.Demand("ISAKMP SA gone");
        return $"strongSwan rekeys and deletes; {shown}";
    });

    /// <summary>RFC 2408 §4.3, §3.15: RefIke rekeys the pair, then deletes it; strongSwan follows.</summary>
    [Fact]
    [Clause("2408-3.15-02")]
    [Clause("2408-4.3-02")]
    public void RefIkeRekeysAndDeletes()
        => live.Run("initiator", new() { Options = ["--rekey-after", "2", "--delete-after", "5"] }, (refike, swan) =>
    {
        refike.Demand("replaces", 20);
        var shown = StrongSwanCase.SameKeymat(refike, swan, true, true);
        refike.Demand("IPsec pair gone", 20);
        Assert.True(swan.WaitFor("received DELETE for ESP", 5), swan.Tail);
        return $"RefIke rekeys and deletes; {shown}";
    });
}
