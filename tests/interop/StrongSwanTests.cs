using Xunit;

namespace RefIke.Interop;

/// <summary>RefIke against strongSwan, both roles; what both derived is compared octet for octet.</summary>
public sealed class StrongSwanTests
{
    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var data = new TheoryData<string, string, string>();
            foreach (var role in new[] { "initiate", "respond" })
            {
                data.Add(role, "3des-md5-modp1024", "3des-md5");
                data.Add(role, "aes128-sha1-modp2048", "aes128-sha1-modp2048");
                data.Add(role, "aes256-sha256-modp3072", "aes256-sha256");
                data.Add(role, "aes256-sha384-ecp384", "aes128-sha1");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void BothDeriveTheSameKeymat(string role, string phase1, string esp) => With(phase1, esp, "refike-psk", role, (refike, swan) =>
    {
        Assert.True(refike.WaitFor("IPsec pair up", 15), refike.Output + Tail(swan));
        SameKeys(refike, swan, 2);
    });

    [Theory]
    [InlineData("initiate")]
    [InlineData("respond")]
    public void OtherSecretsNeverMeet(string role) => With("aes128-sha1-modp1024", "aes128-sha1", "another", role, (refike, swan) =>
    {
        Assert.True(refike.WaitFor("Main Mode failed", 35) || role == "respond", refike.Output);
        Assert.DoesNotContain("SA up", refike.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("ESTABLISHED", swan.Control("--list-sas"), StringComparison.Ordinal);
    });

    [Fact]
    public void StrongSwanRefusesOurProposal() => With("aes128-sha1-modp1024", "aes128-sha1", "refike-psk", "initiate", (refike, _) =>
        Assert.True(refike.WaitFor("NoProposalChosen", 10), refike.Output), "aes256-sha256-modp2048");

    [Fact]
    public void WeRefuseTheirProposal() => With("aes128-sha1-modp1024", "aes128-sha1", "refike-psk", "respond", (refike, swan) =>
    {
        Assert.True(refike.WaitFor("NothingAcceptable", 10), refike.Output);
        Assert.Contains("NO_PROPOSAL_CHOSEN", swan.Log, StringComparison.Ordinal);
    }, "aes256-sha256-modp2048");

    [Theory]
    [InlineData("respond")]
    [InlineData("initiate")]
    public void StrongSwanRekeysAndDeletes(string role) => With("aes128-sha1-modp1024", "aes128-sha1", "refike-psk", role, (refike, swan) =>
    {
        Assert.True(refike.WaitFor("IPsec pair up", 15), refike.Output + Tail(swan));
        swan.Control("--rekey", "--child", "c1");
        Assert.True(refike.WaitFor("IPsec pair up", 10, 2), refike.Output + Tail(swan));
        SameKeys(refike, swan, 4);
        swan.Control("--terminate", "--ike", "t", "--timeout", "5");
        Assert.True(refike.WaitFor("IPsec pair gone", 10), refike.Output + Tail(swan));
        Assert.True(refike.WaitFor("ISAKMP SA gone", 10), refike.Output + Tail(swan));
    });

    [Fact]
    public void WeRekeyAndDelete() => With("aes128-sha1-modp1024", "aes128-sha1", "refike-psk", "initiate", (refike, swan) =>
    {
        Assert.True(refike.WaitFor("replaces", 20), refike.Output + Tail(swan));
        SameKeys(refike, swan, 4);
        Assert.True(refike.WaitFor("IPsec pair gone", 20), refike.Output + Tail(swan));
        Assert.Contains("received DELETE for ESP", swan.Log, StringComparison.Ordinal);
    }, null, "--rekey-after", "2", "--delete-after", "5");

    private static void With(string phase1, string esp, string secret, string role, Action<RefIkePeer, StrongSwan> judge,
        string? swanPhase1 = null, params string[] more)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "network namespaces need root");
        Assert.SkipUnless(Shell.Has("charon-systemd") && Shell.Has("swanctl") && Shell.Has("ip"),
            "strongSwan (charon-systemd, strongswan-swanctl) and iproute2 are not installed");
        var folder = Directory.CreateTempSubdirectory("refike-interop").FullName;
        try
        {
            using var network = new Network();
            using var swan = new StrongSwan(folder, network.B, swanPhase1 ?? phase1, esp, secret);
            using var refike = role == "initiate"
                ? new RefIkePeer(folder, network.A, phase1, esp, "initiate", [.. more])
                : new RefIkePeer(folder, network.A, phase1, esp, "respond");
            if (role == "respond")
            {
                swan.Control("--initiate", "--child", "c1", "--timeout", "8");
            }

            judge(refike, swan);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    /// <summary>Each KEYMAT of ours begins with an encryption key of theirs and ends with an integrity key of theirs.</summary>
    private static void SameKeys(RefIkePeer refike, StrongSwan swan, int count)
    {
        var theirs = swan.EspKeys();
        var ours = refike.Keymats();
        Assert.Equal(count, ours.Count);
        Assert.All(ours, keymat => Assert.True(
            theirs.Any(e => keymat.StartsWith(e, StringComparison.Ordinal) && theirs.Contains(keymat[e.Length..])),
            $"{keymat} is not made of {string.Join(' ', theirs)}"));
    }

    private static string Tail(StrongSwan swan) => "\n--- charon ---\n" + string.Join('\n', swan.Log.Split('\n').Where(l => !l.Contains("  ", StringComparison.Ordinal)).TakeLast(40));
}
