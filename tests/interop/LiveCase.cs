using Xunit;

namespace RefIke.Interop;

/// <summary>Another daemon that RefIke meets.</summary>
internal interface IPeerDaemon : IDisposable
{
    /// <summary>The end of its log.</summary>
    string Tail { get; }

    /// <summary>Begins phase 1 and the Quick Modes of so many children, without waiting for their end.</summary>
    void Initiate(int children);
}

/// <summary>
/// One live case: a network, both daemons, a judgement, a row of the table; all is gone afterwards. Whatever was
/// judged, every message of the capture must verify when it is replayed.
/// </summary>
/// <param name="peer">The other daemon's name.</param>
internal sealed class LiveCase(InteropTable table, string peer)
{
    /// <summary>Runs it.</summary>
    /// <param name="role">RefIke's: <c>initiator</c> or <c>responder</c>.</param>
    /// <param name="start">Starts the other daemon in a namespace, with a folder for its files.</param>
    /// <param name="judge">Says what was shown.</param>
    /// <param name="replay">Replays RefIke's capture; says what is wrong, or null.</param>
    public void Run<TPeer>(string role, LiveSetup setup, Func<string, Network, TPeer> start,
        Func<RefIkePeer, TPeer, Network, string> judge, Func<RefIkePeer, string?> replay)
        where TPeer : IPeerDaemon
    {
        var folder = Directory.CreateTempSubdirectory("refike-interop").FullName;
        var shown = TestContext.Current.TestMethod!.MethodName;
        var held = false;
        try
        {
            if (setup.HasCertificates)
            {
                TestAuthority.Write(folder, setup.Auth, setup.PeerAuthority);
            }

            using var network = new Network(setup.IsBehindNat);
            using var daemon = start(folder, network);
            using var refike = new RefIkePeer(
                folder, network.A, setup, role == "initiator" ? "initiate" : "respond");
            if (role == "responder")
            {
                daemon.Initiate(setup.Children);
            }

            try
            {
                shown = judge(refike, daemon, network);
                var wrong = replay(refike);
                Assert.True(wrong is null, wrong);
                held = true;
            }
            catch (Exception e) when (e is Xunit.Sdk.IAssertionException)
            {
                throw new InvalidOperationException(
                    $"{e.Message}\n--- refike ---\n{refike.Output}\n--- {peer} ---\n{daemon.Tail}", e);
            }
        }
        finally
        {
            table.Add(peer, role, setup, shown, held);
            Directory.Delete(folder, true);
        }
    }
}
