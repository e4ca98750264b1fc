using Xunit;

namespace RefIke.Interop;

/// <summary>One live case with strongSwan; the capture is replayed with what both daemons logged.</summary>
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
        new LiveCase(table, "strongSwan").Run(
            role, setup, (folder, network) => new StrongSwan(folder, network.B, setup), judge,
            // Whose authority is trusted is in no capture: of a certificate refused in silence the exchange stays open.
            refike => refike.Replay(role, Path.Combine(refike.Folder, StrongSwan.LogName),
                mayStayOpen: setup.PeerAuthority != "ca"));
    }

    /// <summary>The n-th pair has the same SPIs and, for each direction, the same KEYMAT at both ends (RFC 2409 §5.5).</summary>
    /// <param name="refikeBegan">For each pair, whether RefIke was the initiator of its Quick Mode.</param>
    public static string SameKeymat(RefIkePeer refike, StrongSwan swan, params bool[] refikeBegan)
    {
        // Each end writes its keys in its own time.
        Shell.WaitUntil(() => swan.Pairs().Count >= refikeBegan.Length && refike.Keymats().Count >= 2 * refikeBegan.Length, 10);
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
