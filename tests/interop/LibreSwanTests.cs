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

    /// <summary>It has checked the Quick Mode message and hands an SA to its kernel, which may then refuse it.</summary>
    private static bool Installs(string log)
        => log.Contains("netlink response for Add SA esp.", StringComparison.Ordinal)
            || log.Contains("IPsec SA established", StringComparison.Ordinal);

    private void Live(string role, LiveSetup setup, Func<RefIkePeer, LibreSwan, string> judge)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "network namespaces need root");
        Assert.SkipUnless(LibreSwan.Missing is null, LibreSwan.Missing ?? "");
        var folder = Directory.CreateTempSubdirectory("refike-interop").FullName;
        var shown = TestContext.Current.TestMethod!.MethodName;
        var held = false;
        try
        {
            if (setup.HasCertificates)
            {
                TestAuthority.Write(folder, setup.Auth, setup.PeerAuthority);
            }

            using var network = new Network();
            using var swan = new LibreSwan(folder, network.B, setup);
            using var refike = new RefIkePeer(folder, network.A,
                setup with { Phase1 = setup.Phase1.Replace("sha2_", "sha", StringComparison.Ordinal) },
                role == "initiator" ? "initiate" : "respond");
            if (role == "responder")
            {
                swan.Initiate();
            }

            try
            {
                shown = judge(refike, swan);
                held = true;
            }
            catch (Exception e) when (e is Xunit.Sdk.IAssertionException)
            {
                throw new InvalidOperationException($"{e.Message}\n--- refike ---\n{refike.Output}\n--- pluto ---\n{swan.Tail}", e);
            }
        }
        finally
        {
            table.Add("libreswan", role, setup, shown, held);
            Directory.Delete(folder, true);
        }
    }
}
