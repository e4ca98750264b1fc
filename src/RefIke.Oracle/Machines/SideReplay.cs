using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>
/// RefIke's machines in the place of one side of an ISAKMP SA: phase 1, then every exchange under it, each message in
/// the order of the capture.
/// </summary>
internal sealed class SideReplay
{
    private readonly SideOfSa side;
    private readonly Secret? preSharedKey;
    private readonly Dictionary<(ExchangeType, uint), ExchangeReplay> begun = [];
    private readonly List<ExchangeReplay> order = [];
    private readonly List<MachineVerdict> without = [];

    private SideReplay(SideOfSa side, Secret? preSharedKey) => (this.side, this.preSharedKey) = (side, preSharedKey);

    private Phase1Replay? Phase1 => order.OfType<Phase1Replay>().FirstOrDefault();

    /// <summary>A verdict for each exchange, in the order in which they begin.</summary>
    public static ImmutableArray<MachineVerdict> Run(SideOfSa side, Secret? preSharedKey)
    {
        var replay = new SideReplay(side, preSharedKey);
        foreach (var message in side.Sa.Messages.Where(m => m.Header is not null))
        {
            replay.Take(message);
        }

        return [.. replay.order.Select(r => r.Verdict()).Concat(replay.without).OrderBy(v => v.Frame)];
    }

    private void Take(ReplayedMessage message)
    {
        var header = message.Header!.Value;
        var name = (header.ExchangeType, header.MessageId);
        if (!begun.TryGetValue(name, out var exchange))
        {
            if (without.Any(v => (v.Exchange, v.M_ID) == name))
            {
                return;
            }

            if (Begin(header) is not { } fresh)
            {
                without.Add(Unplayed(message, header));
                return;
            }

            begun[name] = exchange = fresh;
            order.Add(fresh);
            if (header.ExchangeType is ExchangeType.QuickMode or ExchangeType.Transaction
                && Phase1 is { IsJudged: false, State: not { Step: Phase1Step.Established } })
            {
                fresh.TakeEarly(message);
            }
        }

        exchange.Take(message);
        if (header.ExchangeType == ExchangeType.Informational && !side.IsOwn(message) && message.Error is { } error)
        {
            order.LastOrDefault(e => e is Phase1Replay or QuickModeReplay)?.PeerRefuses(message, error);
        }
    }

    private ExchangeReplay? Begin(Header header) => header.ExchangeType switch
    {
        ExchangeType.MainMode or ExchangeType.Aggressive when header.MessageId == 0 =>
            new Phase1Replay(side, header.ExchangeType, preSharedKey),
        ExchangeType.Informational when Current(header) is { } phase1 =>
            new InformationalReplay(side, header.MessageId, phase1),
        ExchangeType.QuickMode when Established() is { } phase1 =>
            new QuickModeReplay(side, header.MessageId, phase1),
        ExchangeType.Transaction when Established() is { } phase1 =>
            new TransactionReplay(side, header.MessageId, phase1),
        _ => null,
    };

    /// <summary>What an Informational is taken under: where it is clear, whatever there is.</summary>
    private Phase1State? Current(Header header) => header.IsEncrypted ? Established() : Phase1?.State ?? Established();

    /// <summary>
    /// The machine's own ISAKMP SA; where it came to none, that of the log, so that what follows can still be judged.
    /// </summary>
    private Phase1State? Established()
        => Phase1?.State is { Step: Phase1Step.Established } own ? own : RecordedIsakmpSa.Of(side);

    private MachineVerdict Unplayed(ReplayedMessage message, Header header)
        => new(side.Side, side.CKY_I, header.ExchangeType, header.MessageId, message.Frame, "not begun", 0,
            side.Exchange(header.ExchangeType, header.MessageId).Count(m => !side.IsOwn(m)))
        {
            Lacking = header.ExchangeType is ExchangeType.QuickMode or ExchangeType.Transaction
                or ExchangeType.Informational
                ? "the log has no keys of its ISAKMP SA"
                : $"{MachineVerdict.NameOf(header.ExchangeType)} is not replayed",
        };
}
