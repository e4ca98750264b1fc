using BenchmarkDotNet.Attributes;
using RefIke.Crypto;
using RefIke.Engine;

namespace RefIke.Bench;

/// <summary>
/// One Main Mode and one Quick Mode with a pre-shared key, aes256-sha256-modp2048, both roles in one thread, beside
/// nothing but its Diffie-Hellman operations done by OpenSSL.
/// </summary>
[MemoryDiagnoser]
public class HandshakeBenchmarks
{
    private const string Phase1 = "aes256-sha256-modp2048";

    private readonly OpenSslExponentiation? openSsl = OpenSslExponentiation.TryLoad();
    private TwoEndpoints live = null!;
    private TwoEndpoints remembering = null!;
    private Exponentiation[] asked = [];

    /// <summary>Whether Quick Mode has a Diffie-Hellman of its own (RFC 2409 §5.5).</summary>
    [Params(false, true)]
    public bool Pfs { get; set; }

    /// <summary>
    /// Makes the endpoints, and finds out which exponentiations one pair asks for: four, with PFS eight.
    /// </summary>
    [GlobalSetup]
    public void Prepare()
    {
        if (openSsl is null)
        {
            throw new InvalidOperationException("the system's OpenSSL library does not load");
        }

        var esp = Pfs ? "aes256-sha256-modp2048" : "aes256-sha256";
        var recorder = new RecordingExponentiation(openSsl);
        new TwoEndpoints(Phase1, esp, new DiffieHellman(recorder), _ => new FreshRandomness()).Connect();
        asked = [.. recorder.Asked];
        if (asked.Length != (Pfs ? 8 : 4))
        {
            throw new InvalidOperationException($"{asked.Length} exponentiations are not what is to be compared with");
        }

        live = new TwoEndpoints(Phase1, esp, DiffieHellman.Best, _ => new FreshRandomness());
        remembering = new TwoEndpoints(
            Phase1, esp, new MemoisedDiffieHellman(DiffieHellman.Best), name => new NamedRandomness(1, name));
    }

    /// <summary>
    /// The exponentiations that a pair asks for, and nothing else: two public values and two shared secrets, with PFS
    /// twice.
    /// </summary>
    [Benchmark(Baseline = true)]
    public int DiffieHellmanAlone()
    {
        var octets = 0;
        foreach (var (b, e, m) in asked)
        {
            octets += openSsl!.Power(b, e, m).Length;
        }

        return octets;
    }

    /// <summary>Nine messages from nothing to a pair of IPsec SAs at both ends, fresh randomness each time.</summary>
    [Benchmark]
    public bool MainModeAndQuickMode() => Agree(live.Connect());

    /// <summary>The same with every exponentiation remembered from the time before: what all the rest costs.</summary>
    [Benchmark]
    public bool AllButDiffieHellman() => Agree(remembering.Connect());

    private static bool Agree((IpsecPair Initiator, IpsecPair Responder) ends)
        => ends.Initiator.Inbound.Equals(ends.Responder.Outbound)
            ? true
            : throw new InvalidOperationException("the two ends do not agree on KEYMAT");
}
