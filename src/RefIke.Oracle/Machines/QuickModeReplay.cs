using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>Quick Mode in the place of one side (RFC 2409 §5.5).</summary>
/// <param name="phase1">The ISAKMP SA as it stands at the first message.</param>
internal sealed class QuickModeReplay(SideOfSa side, uint M_ID, Phase1State phase1)
    : StatefulReplay<QuickModeState>(side, ExchangeType.QuickMode, M_ID)
{
    private readonly QuickMode machine = new(Means(side));
    private readonly List<Octets> equalKeymat = [];

    protected override Turn<QuickModeState> Begin()
        => machine.Happen(Fresh(Role.Initiator), QuickModeEvent.Initiate);

    protected override QuickModeState Respond() => Fresh(Role.Responder);

    protected override Turn<QuickModeState> Receive(QuickModeState before, ReplayedMessage message)
        => machine.Receive(before, message.Datagram.Octets, message.Header!.Value);

    protected override QuickModeState Pinned(QuickModeState state, ReplayedMessage own)
        => state with { Iv = own.NextIv ?? state.Iv };

    /// <summary>HASH(1) and HASH(2) cover the SA as its sender wrote it; HASH(3) covers the nonces alone.</summary>
    protected override string? Difference(QuickModeState state, Octets sent, ReplayedMessage own)
    {
        var made = PayloadsOf(sent, state.Phase1.Suite, state.Phase1.Keys!.Ka, own.Iv);
        return own.Payloads.Length == 1
            ? Differing(made, own.Payloads, PayloadType.Hash)
            : Differing(
                made, own.Payloads, PayloadType.Nonce, PayloadType.KeyExchange, PayloadType.Identification);
    }

    protected override bool IsComplete(QuickModeState state) => state.Step == QuickModeStep.Established;

    protected override string StepOf(QuickModeState state) => $"{state.Step}";

    protected override QuickModeState Refused(QuickModeState state)
        => machine.Happen(state, QuickModeEvent.Refused).After;

    /// <summary>Its log has KEYMAT once its SAs are up.</summary>
    protected override bool? RealSideIsComplete() => QuickModePolicy.Offers(Messages, true).Concat(
        QuickModePolicy.Offers(Messages, false)).SelectMany(sa => sa.Proposals).Any(p => Side.Log.Of(p.Spi) is not null)
        ? true : null;

    protected override void Compare(QuickModeState state)
    {
        foreach (var sa in state.Agreed.Select(pair => pair.Main).Where(sa => sa.Suite.KeymatLength > 0))
        {
            Compare(OwnSpis.Field(sa.Suite.Protocol, sa.OwnSpi), sa.Inbound);
            Compare(OwnSpis.Field(sa.Suite.Protocol, sa.PeerSpi), sa.Outbound);
        }
    }

    protected override MachineVerdict Judged(MachineVerdict verdict) => verdict with { Keymat = [.. equalKeymat] };

    private static ExchangeMeans Means(SideOfSa side)
    {
        var recorded = new RecordedSide(side);
        return new ExchangeMeans(KeySchedule.Rfc2409, recorded, recorded, Wiring.AsWritten);
    }

    private void Compare(Octets spi, Secret keymat)
    {
        if (Side.Log.Of(spi) is not { } logged)
        {
            Lacking ??= $"KEYMAT of {spi} is not in the log";
        }
        else if (keymat.Equals(Secret.Of(logged.Keymat.Span)))
        {
            equalKeymat.Add(spi);
        }
        else
        {
            Fault ??= $"KEYMAT of {spi} is not the logged one";
        }
    }

    private QuickModeState Fresh(Role role)
    {
        var policy = new QuickModePolicy(Side, Messages, role);
        return QuickModeState.Fresh(role, phase1, MessageId, policy.Terms, policy.Spis, KeySchedule.Rfc2409);
    }
}
