using System.Collections.Immutable;
using RefIke.Cli.Hosting;
using RefIke.Cli.Matrix;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Oracle;
using RefIke.Oracle.Captures;
using RefIke.Properties.CommandLine;
using RefIke.Properties.Engine;
using OracleKeyLog = RefIke.Oracle.KeyLogs.KeyLog;

namespace RefIke.Properties.Replaying;

/// <summary>A pair of endpoints of which all that crosses is captured, and both sides' keys are logged.</summary>
internal sealed class RecordedPair : IDisposable
{
    public static readonly Secret PreSharedKey = Secret.Of("secret"u8);

    private readonly TestFolder folder = new();
    private readonly KeyLogFile ofA;
    private readonly KeyLogFile ofB;
    private readonly List<CapturedDatagram> capture = [];
    private bool isWritten;

    public RecordedPair(
        Func<EndpointSetup, EndpointSetup>? both = null, Func<EndpointSetup, EndpointSetup>? changeA = null,
        Func<EndpointSetup, EndpointSetup>? changeB = null, string esp = "aes128-sha1", string? peerEsp = null)
    {
        (ofA, ofB) = (new KeyLogFile(folder.File("a.keys")), new KeyLogFile(folder.File("b.keys")));
        Pair = new Pair(esp: esp, peerEsp: peerEsp, both: both,
            changeA: s => Logged((changeA ?? (same => same))(s), ofA),
            changeB: s => Logged((changeB ?? (same => same))(s), ofB));
    }

    public Pair Pair { get; }

    /// <summary>What crossed, in order.</summary>
    public ImmutableArray<CapturedDatagram> Capture => [.. capture];

    /// <summary>A has connected, and everything has been delivered.</summary>
    public RecordedPair Up(bool fromA = true)
    {
        Pair.Connect(fromA ? Pair.A : Pair.B);
        return Settle();
    }

    /// <summary>An order, and everything that follows from it.</summary>
    public RecordedPair Do(Side side, Input order)
    {
        Pair.Do(side, order);
        return Settle();
    }

    /// <summary>
    /// Everything is captured and delivered in order; <paramref name="twice"/> says what comes again at once, by its
    /// number.
    /// </summary>
    public RecordedPair Settle(Func<int, bool>? twice = null)
    {
        for (var n = 0; Pair.Flying.Count > 0; n++)
        {
            var next = Pair.Flying[0];
            Pair.Flying.RemoveAt(0);
            for (var copy = 0; copy < (twice?.Invoke(n) == true ? 2 : 1); copy++)
            {
                capture.Add(new CapturedDatagram(capture.Count + 1, next.Local, next.Remote, next.Datagram)
                {
                    UnixSeconds = MatrixKeys.UnixSeconds,
                });
                Pair.Deliver(next);
            }
        }

        return this;
    }

    /// <summary>What a side logged.</summary>
    public OracleKeyLog Log(Side side)
    {
        if (!isWritten)
        {
            Pair.A.Told.ForEach(ofA.Write);
            Pair.B.Told.ForEach(ofB.Write);
            ofA.Dispose();
            ofB.Dispose();
            isWritten = true;
        }

        return OracleKeyLog.Read(File.ReadAllText(folder.File(side == Pair.A ? "a.keys" : "b.keys")));
    }

    /// <summary>The replay; A's log is the initiator's.</summary>
    public TwoSides Replay(IReadOnlyList<CapturedDatagram>? altered = null, Secret? preSharedKey = null)
        => TwoSides.Run(altered ?? Capture, Log(Pair.A), Log(Pair.B), preSharedKey);

    public void Dispose()
    {
        ofA.Dispose();
        ofB.Dispose();
        folder.Dispose();
    }

    private static EndpointSetup Logged(EndpointSetup setup, KeyLogFile log)
        => setup with { DiffieHellman = log.Logging(setup.DiffieHellman) };
}
