using System.CommandLine;
using System.Net;
using System.Text.Json;
using RefIke.Cli.Hosting;
using RefIke.Cli.Ladders;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase2;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike handshake</c>: two built-in endpoints over real UDP on loopback, and the ladder of what they said.</summary>
internal static class HandshakeVerb
{
    private static readonly Option<string> Cipher = new("--cipher") { DefaultValueFactory = _ => "aes256", Description = Names(SuiteNames.CipherNames) };
    private static readonly Option<string> Hash = new("--hash") { DefaultValueFactory = _ => "sha256", Description = Names(SuiteNames.HashNames) };
    private static readonly Option<string> GroupName = new("--group")
    {
        DefaultValueFactory = _ => "modp2048",
        Description = Names(GroupList.All.Select(g => g.Name)),
    };

    private static readonly Option<bool> Pfs = new("--pfs") { Description = "Quick Mode with its own Diffie-Hellman" };
    private static readonly Option<ulong> Seed = new("--seed") { DefaultValueFactory = _ => 1, Description = "same seed, same octets" };
    private static readonly Option<bool> ShowKeys = new("--show-keys") { Description = "print every key (they protect nothing)" };
    private static readonly Option<string?> Pcap = new("--pcap") { Description = "write the datagrams to this capture" };
    private static readonly Option<string?> KeyLog = new("--keylog") { Description = "write the keys to this file, for Wireshark" };
    private static readonly Option<string> Format = new("--format") { DefaultValueFactory = _ => "text", Description = "text or json" };

    public static Command Create()
    {
        var verb = new Command("handshake",
            "Main Mode and Quick Mode between two built-in endpoints. Example: refike handshake --group ecp256 --pfs --show-keys. "
            + "DES, MD5, groups modp768 and modp1024 are here because RFC 2409 has them; they are broken or too short today.")
        {
            Cipher, Hash, GroupName, Pfs, Seed, ShowKeys, Pcap, KeyLog, Format,
        };
        verb.SetAction(RunAsync);
        return verb;
    }

    private static string Names(IEnumerable<string> names) => "one of " + string.Join(", ", names);

    private static async Task<int> RunAsync(ParseResult parsed, CancellationToken cancelled)
    {
        var (cipher, hash, group) = (parsed.GetValue(Cipher)!, parsed.GetValue(Hash)!, parsed.GetValue(GroupName)!);
        var phase1 = SuiteNames.Phase1($"{cipher}-{hash}-{group}", 28800);
        // A hash that ESP has no authentication algorithm for (Tiger) is phase 1's alone.
        var authentication = EspAlgorithms.AuthenticationNames.Contains(hash) ? hash : "sha1";
        var esp = SuiteNames.Esp($"{cipher}-{authentication}" + (parsed.GetValue(Pfs) ? $"-{group}" : ""), 3600);
        if (phase1 is null || esp is null)
        {
            await Console.Error.WriteLineAsync($"unknown suite {cipher}-{hash}-{group}; see refike handshake --help");
            return ExitCodes.BadInput;
        }

        var ladder = new WireLadder();
        using var pcap = parsed.GetValue(Pcap) is { } p ? new PcapFile(p) : null;
        using var keys = parsed.GetValue(KeyLog) is { } k ? new KeyLogFile(k) : null;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        stop.CancelAfter(TimeSpan.FromSeconds(60));
        var up = 0;
        using var a = Host("initiator", 1, 2, phase1, esp, parsed.GetValue(Seed), (_, e) => Told(true, e), pcap is null ? null : pcap.Write);
        using var b = Host("responder", 2, 1, phase1, esp, parsed.GetValue(Seed), (_, e) => Told(false, e), null);
        var run = Task.WhenAll(a.RunAsync(stop.Token), b.RunAsync(stop.Token));
        a.Order(new Input.Connect("t", "c"));
        await run;
        var (one, other) = (a.State.Pairs.Values.FirstOrDefault(), b.State.Pairs.Values.FirstOrDefault());
        var good = one is not null && other is not null && one.Inbound.Equals(other.Outbound) && one.Outbound.Equals(other.Inbound);
        if (parsed.GetValue(Format) == "json")
        {
            Console.WriteLine(JsonSerializer.Serialize(new { held = good, messages = ladder.Messages.Select((m, i) => new { number = i + 1, from = m.FromInitiator ? "initiator" : "responder", octets = m.Octets, exchange = $"{m.Exchange}", payloads = m.Payloads, details = m.Details }), keys = parsed.GetValue(ShowKeys) ? ladder.Keys : [] }));
        }
        else
        {
            Console.Write(ladder.Draw(parsed.GetValue(ShowKeys)));
            Console.WriteLine(good ? "Both ends hold the same KEYMAT." : "The ends did not agree.");
        }

        return good ? ExitCodes.Held : ExitCodes.Failed;

        void Told(bool isA, System.Collections.Immutable.ImmutableArray<Effect> effects)
        {
            foreach (var effect in effects)
            {
                ladder.Take(isA, effect);
                if (isA)
                {
                    keys?.Write(effect);
                }

                if (effect is Effect.PairEstablished && Interlocked.Increment(ref up) == 2)
                {
                    stop.Cancel();
                }
            }
        }
    }

    private static UdpHost Host(string name, byte own, byte peer, Phase1Suite phase1, EspSuite esp, ulong seed,
        Action<UdpHost, System.Collections.Immutable.ImmutableArray<Effect>> told, Action<IPEndPoint, IPEndPoint, byte[]>? wire)
    {
        // Fixed high ports on two loopback addresses: no privilege is needed, and the octets do not depend on the machine.
        IPEndPoint At(byte n, int port) => new(new IPAddress([127, 0, 77, n]), port);
        var connection = new Connection("t", At(peer, 15500), Secret.Of("refike handshake"u8), Selector.ToPayload(At(own, 0).Address, 32),
            Selector.ToPayload(At(peer, 0).Address, 32), [phase1],
            [new ChildPolicy("c", Selector.ToPayload(new IPAddress([10, own, 0, 0]), 16), Selector.ToPayload(new IPAddress([10, peer, 0, 0]), 16), [esp])]);
        return new UdpHost(new Endpoint(new EndpointSetup(name, At(own, 15500), At(own, 14500), [connection], new NamedRandomness(seed, name))),
            told, wire);
    }
}
