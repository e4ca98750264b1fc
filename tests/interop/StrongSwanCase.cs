using Xunit;

namespace RefIke.Interop;

/// <summary>One live case with strongSwan: a network, both daemons, a judgement, a row of the table; all is gone afterwards.</summary>
internal sealed class StrongSwanCase(InteropTable table)
{
    /// <summary>Runs it.</summary>
    /// <param name="role">RefIke's: <c>initiator</c> or <c>responder</c>.</param>
    /// <param name="judge">Says what was shown.</param>
    public void Run(string role, LiveSetup setup, Func<RefIkePeer, StrongSwan, string> judge)
        => Run(role, setup, (refike, swan, _) => judge(refike, swan));

    /// <summary>The same with the network at hand.</summary>
    public void Run(string role, LiveSetup setup, Func<RefIkePeer, StrongSwan, Network, string> judge)
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "network namespaces need root");
        Assert.SkipUnless(Shell.Has("charon-systemd") && Shell.Has("swanctl") && Shell.Has("ip"),
            "strongSwan (charon-systemd, strongswan-swanctl) and iproute2 are not installed");
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
            using var swan = new StrongSwan(folder, network.B, setup);
            using var refike = new RefIkePeer(folder, network.A, setup, role == "initiator" ? "initiate" : "respond");
            for (var n = 1; role == "responder" && n <= setup.Children; n++)
            {
                swan.Control("--initiate", "--child", $"c{n}", "--timeout", "8");
            }

            try
            {
                shown = judge(refike, swan, network);
                held = true;
            }
            catch (Exception e) when (e is Xunit.Sdk.IAssertionException)
            {
                throw new InvalidOperationException($"{e.Message}\n--- refike ---\n{refike.Output}\n--- charon ---\n{swan.Tail}", e);
            }
        }
        finally
        {
            table.Add("strongSwan", role, setup, shown, held);
            Directory.Delete(folder, true);
        }
    }

    /// <summary>The n-th pair has the same SPIs and, for each direction, the same KEYMAT at both ends (RFC 2409 §5.5).</summary>
    /// <param name="refikeBegan">For each pair, whether RefIke was the initiator of its Quick Mode.</param>
    public static string SameKeymat(RefIkePeer refike, StrongSwan swan, params bool[] refikeBegan)
    {
        Assert.True(swan.WaitFor("CHILD_SA c", 5, refikeBegan.Length), "charon has no CHILD_SA");
        var (theirs, ours) = (swan.Pairs(), refike.Keymats());
        Assert.Equal(refikeBegan.Length, theirs.Count);
        Assert.Equal(2 * refikeBegan.Length, ours.Count);
        foreach (var (pair, weBegan) in theirs.Zip(refikeBegan))
        {
            Assert.Equal(weBegan ? pair.InitiatorKey : pair.ResponderKey, ours[$"out {pair.InboundSpi}"]);
            Assert.Equal(weBegan ? pair.ResponderKey : pair.InitiatorKey, ours[$"in {pair.OutboundSpi}"]);
        }

        return $"KEYMAT equal for {ours.Count} SPIs, octet for octet";
    }
}
