using RefIke.Wire;
using Xunit;

namespace RefIke.Interop;

/// <summary>
/// RefIke against libreswan, in both roles: phase 1 and the first Quick Mode message. The second needs ESP in the kernel, which the
/// machines that run the tests may not have, and is not asked for.
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

    /// <summary>RFC 2409 §5.1, §5.4, §5.5: Main Mode ends at both ends, and libreswan takes or sends a Quick Mode under it.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    [Clause("2409-5.4-02")]
    [Clause("2409-5.1-03")]
    public void MainModeEndsAndQuickModeBegins(string role, string auth, string phase1)
        => Live(role, new() { Auth = auth, Phase1 = phase1 }, (refike, swan) =>
        {
            refike.Demand("ISAKMP SA up", 20);
            Assert.True(swan.WaitFor("ISAKMP SA established", 10), "pluto established no ISAKMP SA");
            if (role == "initiator")
            {
                Assert.True(swan.WaitFor("responding to Quick Mode proposal", 10), "pluto answered no Quick Mode");
                return "Main Mode; libreswan takes the first Quick Mode message";
            }

            refike.Demand("QuickMode/Responder", 10);
            Assert.True(swan.WaitFor("initiating Quick Mode", 10), "pluto began no Quick Mode");
            return "Main Mode; RefIke takes libreswan's first Quick Mode message";
        });

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
