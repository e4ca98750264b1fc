using System.CommandLine;
using System.Net;
using RefIke.Cli.CommandLine;
using RefIke.Cli.Configuration;
using RefIke.Cli.Hosting;
using RefIke.Cli.Ladders;
using RefIke.Cli.Matrix;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Cli.Verbs;

/// <summary>
/// <c>refike handshake</c>: two built-in endpoints over real UDP on loopback, and the ladder of what they said.
/// </summary>
internal static class HandshakeVerb
{
    private const string Name = "loopback";

    private static readonly Secret PreSharedKey = Secret.Of("refike handshake"u8);

    private static readonly WordOption Cipher =
        Words("--cipher", SuiteNames.CipherNames, "aes256", c => $"{c}-sha1-modp2048");
    private static readonly WordOption Hash =
        Words("--hash", SuiteNames.HashNames, "sha256", h => $"aes256-{h}-modp2048");
    private static readonly WordOption GroupName =
        Words("--group", GroupList.All.Select(g => g.Name), "modp2048", g => $"aes256-sha1-{g}");
    private static readonly Option<bool> Pfs =
        new("--pfs") { Description = "Quick Mode with a Diffie-Hellman of its own, in the same group" };
    private static readonly WordOption Auth = new("--auth", "how the ends authenticate each other, one of "
        + string.Join(", ", AuthenticationNames.Names), "name", [.. AuthenticationNames.Names], "psk");
    private static readonly WordOption Mode =
        new("--mode", "phase 1's mode", "main|aggressive", ["main", "aggressive"], "main");
    private static readonly Option<bool> Matrix = new("--matrix")
    {
        Description = "every method in every mode with and without a NAT with every identity type, three times over, so that "
            + "every two values of any two things meet; in memory",
    };
    private static readonly NumberOption OnlyRun = new("--run", "with --matrix: this run alone", 1, int.MaxValue);
    private static readonly NumberOption Seed = new("--seed", "same seed, same octets", 0, ulong.MaxValue, 1);
    private static readonly Option<bool> ShowKeys =
        new("--show-keys") { Description = "every key, IV and hash with its formula (they protect nothing)" };
    private static readonly FileOption Pcap = new("--pcap", "write the datagrams to this capture");
    private static readonly FileOption KeyLog = new("--keylog", "write the keys to this file, for Wireshark");
    private static readonly FileOption Events =
        new("--events", "write the initiator's SAs with their keys to this file, as JSON lines (docs/events.md)");
    private static readonly WordOption Format = WordOption.Format();

    public static Command Create()
    {
        var verb = new Verb(
            "handshake",
            "Phase 1 and Quick Mode between two built-in endpoints on loopback, drawn as a ladder.",
            "refike handshake",
            "refike handshake --group ecp256 --pfs --show-keys",
            "refike handshake --cipher 3des --hash sha1 --pcap h.pcap --keylog h.keys",
            "refike handshake --auth rsa-sig --mode aggressive",
            "refike handshake --matrix",
            "refike handshake --seed 7 --format json")
        {
            Auth, Mode, Cipher, Hash, GroupName, Pfs, Matrix, OnlyRun, Seed, ShowKeys, Pcap, KeyLog, Events,
            Format,
        };
        verb.SetAction((parsed, cancelled) => parsed.GetValue(Matrix)
            ? RunMatrixAsync(parsed, cancelled)
            : RunAsync(parsed, cancelled));
        verb.Validators.Add(result =>
        {
            if (result.GetValue(OnlyRun) is not null && !result.GetValue(Matrix))
            {
                result.AddError("--run goes with --matrix");
            }
        });
        return verb;
    }

    /// <param name="suite">
    /// A suite with the word in it: any that is spoken is taken, also <c>blowfish40</c>, which is not listed.
    /// </param>
    private static WordOption Words(
        string name, IEnumerable<string> words, string otherwise, Func<string, string> suite)
        => new(name, $"one of {string.Join(", ", words)}", "name", [.. words], otherwise,
            w => SuiteNames.Phase1(suite(w), 1) is not null);

    private static async Task<int> RunMatrixAsync(ParseResult parsed, CancellationToken cancelled)
    {
        var seed = parsed.GetValue(Seed)!.Value;
        var combinations = Combination.Choose(seed, copies: 3);
        if (parsed.GetValue(OnlyRun) is { } run)
        {
            combinations = [.. combinations.Where(c => (ulong)c.Run == run)];
            if (combinations.IsEmpty)
            {
                throw new BadInputException($"--run: the matrix has no run {run}");
            }
        }

        var report = await Task.Run(() => MatrixReport.Run(seed, combinations, cancelled), cancelled);
        await Console.Out.WriteAsync(parsed.GetValue(Format) == "json" ? report.ToJson() + "\n" : report.ToText());
        return report.Held ? ExitCodes.Held : ExitCodes.Failed;
    }

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancelled)
    {
        var (cipher, hash, group) = (parsed.GetValue(Cipher)!, parsed.GetValue(Hash)!, parsed.GetValue(GroupName)!);
        var method = AuthenticationNames.Of(parsed.GetValue(Auth)!);
        var mode = parsed.GetValue(Mode) == "main" ? ExchangeType.MainMode : ExchangeType.Aggressive;
        var phase1 = SuiteNames.Phase1($"{cipher}-{hash}-{group}", 28800, method)!;
        var esp = BuiltInEsp.Suite(cipher, hash, group, parsed.GetValue(Pfs));
        if (WeakChoices.Warning([phase1.Name]) is { } warning)
        {
            await Console.Error.WriteLineAsync(warning);
        }

        using var pcap = parsed.GetValue(Pcap) is { } p ? new PcapFile(p, EveryMillisecond()) : null;
        using var keys = parsed.GetValue(KeyLog) is { } k ? new KeyLogFile(k) : null;
        using var events = parsed.GetValue(Events) is { } file ? new EventsFile(file) : null;
        var seed = parsed.GetValue(Seed)!.Value;
        var recorder = new HandshakeRecorder(PreSharedKey);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        stop.CancelAfter(TimeSpan.FromSeconds(60));
        var up = 0;
        var (one, other) = (Setup("initiator", 1, phase1, esp, mode, seed), Setup("responder", 2, phase1, esp, mode, seed));
        one = keys is null ? one : one with { DiffieHellman = keys.Logging(one.DiffieHellman) };
        using var a = await HostAsync(one, e => Told(true, e), pcap is null ? null : pcap.Write, stop.Token);
        using var b = await HostAsync(other, e => Told(false, e), null, stop.Token);
        var run = Task.WhenAll(a.RunAsync(stop.Token), b.RunAsync(stop.Token));
        a.Order(new Input.Connect(Name, Name));
        await run;
        var handshake = recorder.Finish();
        var showKeys = parsed.GetValue(ShowKeys);
        await Console.Out.WriteAsync(parsed.GetValue(Format) == "json"
            ? HandshakeJson.Write(handshake, seed, phase1, esp, showKeys) + "\n"
            : HandshakeLadder.Draw(handshake, showKeys));
        return handshake.Held ? ExitCodes.Held
            : cancelled.IsCancellationRequested ? ExitCodes.Undecided
            : ExitCodes.Failed;

        void Told(bool atInitiator, IEnumerable<Effect> effects)
        {
            foreach (var effect in effects)
            {
                recorder.Take(atInitiator, effect);
                if (atInitiator)
                {
                    keys?.Write(effect);
                    events?.Write(Instant.Zero, effect);
                }

                if (effect is Effect.PairEstablished && Interlocked.Increment(ref up) == 2)
                {
                    stop.Cancel();
                }
            }
        }
    }

    /// <summary>The n-th datagram of a capture at the n-th millisecond, so that a second run gives the same file.</summary>
    private static Func<DateTimeOffset> EveryMillisecond()
    {
        var n = 0;
        return () => DateTimeOffset.UnixEpoch.AddMilliseconds(++n);
    }

    /// <summary>
    /// Fixed high ports on two loopback addresses: no privilege is needed, and the octets do not depend on the machine.
    /// </summary>
    private static EndpointSetup Setup(
        string name, byte own, Phase1Suite phase1, EspSuite esp, ExchangeType mode, ulong seed)
    {
        var peer = (byte)(3 - own);
        IPEndPoint At(byte n, int port) => new(new IPAddress([127, 0, 77, n]), port);
        IdentificationPayload Host(byte n) => Selector.ToPayload(At(n, 0).Address, 32);
        IdentificationPayload Net(byte n) => Selector.ToPayload(new IPAddress([10, n, 0, 0]), 16);
        var connection = new Connection(Name, At(peer, 15500),
            phase1.Method == AuthenticationMethod.PreSharedKey ? PreSharedKey : null, Host(own), Host(peer), [phase1],
            [new ChildPolicy(Name, Net(own), Net(peer), [esp])])
        {
            Mode = mode,
            PublicKeys = new MatrixKeys().RawKeys(own, phase1.Method),
        };
        return new EndpointSetup(
            name, At(own, 15500), At(own, 14500), [connection], new NamedRandomness(seed, name));
    }

    /// <summary>
    /// Another handshake may have the ports for a moment; the octets depend on them, so they are awaited, not changed.
    /// </summary>
    private static async Task<UdpHost> HostAsync(EndpointSetup setup, Action<IEnumerable<Effect>> told,
        Action<IPEndPoint, IPEndPoint, byte[]>? wire, CancellationToken stop)
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                return new UdpHost(new Endpoint(setup), (_, effects) => told(effects), wire);
            }
            catch (BadInputException) when (tries < 600 && !stop.IsCancellationRequested)
            {
                await Task.Delay(50, stop);
            }
        }
    }
}
