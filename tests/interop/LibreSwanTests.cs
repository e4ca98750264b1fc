using RefIke.Wire;
using Xunit;

namespace RefIke.Interop;

/// <summary>
/// RefIke against libreswan, in both roles: phase 1, and Quick Mode up to where libreswan installs an SA. What comes after needs ESP
/// in the kernel, which the machines that run the tests may not have, and is not asked for.
/// </summary>
public sealed class LibreSwanTests(InteropTable table)
{
    public static TheoryData<string, string, string> Methods => new()
    {
        { "initiator", "psk", "aes128-sha1-modp2048" },
        { "responder", "psk", "aes256-sha2_256-modp2048" },
        { "initiator", "rsa-sig", "aes256-sha2_256-modp2048" },
        { "responder", "rsa-sig", "aes128-sha1-modp2048" },
    };

    /// <summary>RFC 2409 §5.1, §5.4, §5.5: Main Mode ends at both ends, and libreswan takes RefIke's message of a Quick Mode under it.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    [Clause("2409-5.4-02")]
    [Clause("2409-5.1-03")]
    public void MainModeEndsAndQuickModeBegins(string role, string auth, string phase1)
        => Live(role, new() { Auth = auth, Phase1 = phase1 }, (refike, swan) =>
        {
            refike.Demand("ISAKMP SA up", 20);
            Assert.True(swan.WaitFor("IKE SA established", 10), "pluto established no ISAKMP SA");
            var began = role == "initiator" ? "responding to Quick Mode proposal" : "sent Quick Mode request";
            Assert.True(swan.WaitFor(began, 10), "pluto has no Quick Mode");
            Assert.True(Shell.WaitUntil(() => Installs(swan.Log), 10), "pluto did not come to install an SA");
            return role == "initiator"
                ? "Main Mode; libreswan takes Quick Mode's first message and installs its SA"
                : "Main Mode; libreswan takes RefIke's answer in Quick Mode and installs its SA";
        });

    /// <summary>RFC 3706 §5: RefIke asks whether libreswan lives, again and again, and libreswan says so.</summary>
    [Theory]
    [InlineData("initiator")]
    [InlineData("responder")]
    [Clause("3706-5.3-01")]
    public void LibreSwanSaysThatItLives(string role)
        => Live(role, new() { Phase1 = "aes128-sha1-modp2048", RefikeKeys = "dpd = \"1s\"" }, (refike, _) =>
        {
            refike.Demand("ISAKMP SA up", 20);
            Assert.True(Shell.WaitUntil(() => refike.Notifies(Network.AddressB, "RUThereAck") >= 3, 20),
                "libreswan did not answer three times");
            Assert.DoesNotContain("peer dead", refike.Output, StringComparison.Ordinal);
            return "DPD: libreswan answers RefIke's R-U-THERE";
        });

    /// <summary>RFC 3706 §5.4: libreswan dies, and RefIke notices.</summary>
    [Fact]
    [Clause("3706-5.4-01")]
    public void DeadLibreSwanIsNoticed()
        => Live("responder", new() { Phase1 = "aes128-sha1-modp2048", RefikeKeys = "dpd = \"1s\"" }, (refike, swan) =>
        {
            refike.Demand("ISAKMP SA up", 20);
            swan.Die();
            refike.Demand("peer dead", 30);
            refike.Demand("ISAKMP SA gone");
            return "DPD: libreswan dies, RefIke notices and deletes its SA";
        });

    /// <summary>It has checked the Quick Mode message and hands an SA to its kernel, which may then refuse it.</summary>
    private static bool Installs(string log)
        => log.Contains("netlink response for Add SA esp.", StringComparison.Ordinal)
            || log.Contains("IPsec SA established", StringComparison.Ordinal);

    /// <summary>Where its kernel refuses the SA it answers no more: that Quick Mode stays open in the capture.</summary>
    private void Live(string role, LiveSetup setup, Func<RefIkePeer, LibreSwan, string> judge)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "network namespaces need root");
        Assert.SkipUnless(LibreSwan.Missing is null, LibreSwan.Missing ?? "");
        new LiveCase(table, "libreswan").Run(
            role, setup with { Phase1 = setup.Phase1.Replace("sha2_", "sha", StringComparison.Ordinal) },
            (folder, network) => new LibreSwan(folder, network.B, setup), (refike, swan, _) => judge(refike, swan),
            refike => refike.Replay(role, mayStayOpen: true));
    }
}
