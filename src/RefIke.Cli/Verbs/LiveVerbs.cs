using System.CommandLine;
using System.Net;
using RefIke.Cli.Configuration;
using RefIke.Cli.Hosting;
using RefIke.Engine;

namespace RefIke.Cli.Verbs;

/// <summary><c>refike respond</c> and <c>refike initiate</c>: a real peer on real UDP ports, until stopped.</summary>
internal static class LiveVerbs
{
    private static readonly Option<FileInfo> Config = new("--config") { Description = "configuration in TOML", Required = true };
    private static readonly Option<string?> Pcap = new("--pcap") { Description = "write every datagram to this capture" };
    private static readonly Option<string?> KeyLog = new("--keylog")
    {
        Description = "write the keys to this file, which Wireshark takes as ikev1_decryption_table (these are secrets)",
    };

    private static readonly Option<int?> For = new("--for") { Description = "stop after so many seconds" };

    public static Command Respond()
    {
        var verb = new Command("respond", "Answer peers until stopped. Example: refike respond --config peer.toml --pcap run.pcap --keylog run.keys")
        {
            Config, Pcap, KeyLog, For,
        };
        verb.SetAction((parsed, stop) => RunAsync(parsed, null, stop));
        return verb;
    }

    public static Command Initiate()
    {
        var host = new Argument<string?>("host") { Description = "the peer's address; the first connection without it", Arity = ArgumentArity.ZeroOrOne };
        var child = new Option<string?>("--child") { Description = "which child; the first without it" };
        var rekey = new Option<int?>("--rekey-after") { Description = "rekey the pair so many seconds after it came up" };
        var delete = new Option<int?>("--delete-after") { Description = "delete the pair so many seconds after it came up" };
        var once = new Option<bool>("--once") { Description = "stop when the pair is up, and rekeyed or deleted where that is asked for" };
        var verb = new Command("initiate", "Bring a child up and keep it. Example: refike initiate --config peer.toml 10.77.0.2 --once")
        {
            host, Config, Pcap, KeyLog, For, child, rekey, delete, once,
        };
        verb.SetAction((parsed, stop) => RunAsync(parsed, new Plan(parsed.GetValue(host), parsed.GetValue(child), parsed.GetValue(rekey),
            parsed.GetValue(delete), parsed.GetValue(once)), stop));
        return verb;
    }

    private sealed record Plan(string? Host, string? Child, int? RekeyAfter, int? DeleteAfter, bool Once);

    private static async Task<int> RunAsync(ParseResult parsed, Plan? plan, CancellationToken cancelled)
    {
        EndpointSetup setup;
        try
        {
            setup = ConfigurationFile.Load(parsed.GetValue(Config)!.FullName, new SystemRandomness());
        }
        catch (FormatException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return ExitCodes.BadInput;
        }

        var connection = plan?.Host is { } host
            ? setup.Connections.FirstOrDefault(c => IPAddress.TryParse(host, out var ip) && c.Remote.Address.Equals(ip))
            : setup.Connections.FirstOrDefault();
        if (connection is null || (plan is not null && connection.Children.IsEmpty))
        {
            await Console.Error.WriteLineAsync($"no connection with a child for {plan?.Host ?? "anybody"}");
            return ExitCodes.BadInput;
        }

        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancelled);
        if (parsed.GetValue(For) is { } seconds)
        {
            stop.CancelAfter(TimeSpan.FromSeconds(seconds));
        }

        using var pcap = parsed.GetValue(Pcap) is { } p ? new PcapFile(p) : null;
        using var keys = parsed.GetValue(KeyLog) is { } k ? new KeyLogFile(k) : null;
        var outcome = new Outcome(plan, stop);
        using var peer = new UdpHost(new Endpoint(setup), (peer, effects) =>
        {
            foreach (var effect in effects)
            {
                keys?.Write(effect);
                if (EventLine.Of(effect) is { } line)
                {
                    Console.WriteLine($"{peer.Now,10} {line}");
                    Console.Out.Flush();
                }

                outcome.Take(peer, effect);
            }
        }, pcap is null ? null : pcap.Write);
        Console.WriteLine($"listening on {setup.Local} and {setup.NatLocal}");
        if (plan is not null)
        {
            peer.Order(new Input.Connect(connection.Name, plan.Child ?? connection.Children[0].Name));
        }

        await peer.RunAsync(stop.Token);
        return plan is null || outcome.Good ? ExitCodes.Held : ExitCodes.Failed;
    }

    /// <summary>Follows an initiator's plan: up, then perhaps rekeyed, then perhaps deleted.</summary>
    private sealed class Outcome(Plan? plan, CancellationTokenSource stop)
    {
        public bool Good { get; private set; }

        public void Take(UdpHost peer, Effect effect)
        {
            switch (effect)
            {
                case Effect.PairEstablished { Replaces: null } up when plan is not null:
                    Good = plan is { RekeyAfter: null, DeleteAfter: null };
                    Later(plan.RekeyAfter, () => peer.Order(new Input.Rekey(up.Pair.Spi)));
                    Later(plan.DeleteAfter, () => peer.Order(new Input.DeletePair(peer.State.Pairs.Keys.LastOrDefault())));
                    End(Good);
                    break;
                case Effect.PairEstablished when plan is not null:
                    Good = plan.DeleteAfter is null;
                    End(Good);
                    break;
                case Effect.PairDeleted when plan?.DeleteAfter is not null:
                    Good = true;
                    End(true);
                    break;
                case Effect.ExchangeFailed when plan is not null:
                    End(true);
                    break;
                default:
                    break;
            }
        }

        private void End(bool done)
        {
            if (done && plan!.Once)
            {
                stop.CancelAfter(TimeSpan.FromMilliseconds(500));
            }
        }

        private static void Later(int? seconds, Action what)
        {
            if (seconds is { } s)
            {
                _ = Task.Delay(TimeSpan.FromSeconds(s)).ContinueWith(_ => what(), TaskScheduler.Default);
            }
        }
    }
}
