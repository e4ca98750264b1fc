using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Exchanges;
using RefIke.Exchanges.Machines;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Profiles.Xauth;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>
/// Main or Aggressive Mode in the place of one side, by its authentication method (RFC 2409 §5.1 to §5.4).
/// </summary>
internal sealed class Phase1Replay : StatefulReplay<Phase1State>
{
    /// <summary>What a message holds of its sender's own making, besides the SA.</summary>
    private static readonly PayloadType[] Made =
    [
        PayloadType.KeyExchange, PayloadType.Nonce, PayloadType.Identification, PayloadType.Hash, PayloadType.Signature,
    ];

    private readonly ExchangeType mode;
    private readonly Phase1Methods methods;
    private readonly RecordedSignatures signatures;
    private ImmutableArray<string> equalKeys = [];

    /// <param name="preSharedKey">With it SKEYID is computed and not taken from the log.</param>
    public Phase1Replay(SideOfSa side, ExchangeType mode, Secret? preSharedKey)
        : base(side, mode, 0)
    {
        var recorded = new RecordedSide(side);
        (this.mode, PreSharedKey, signatures) = (mode, preSharedKey, new RecordedSignatures(side));
        KeySchedule formulas = preSharedKey is null ? new LoggedSkeyid(side.Sa.Secrets?.SKEYID) : KeySchedule.Rfc2409;
        methods = new Phase1Methods(new ExchangeMeans(formulas, recorded, recorded, Wiring.AsWritten)
        {
            PeerCertificates = new RecordedCertificates(),
            OwnSignatures = signatures,
        });
    }

    private Secret? PreSharedKey { get; }

    protected override Turn<Phase1State> Begin()
    {
        Demand(Role.Initiator);
        var (own, peer) = Side.Places;
        var fresh = Phase1State.Initiating(Side.CKY_I, own, peer, Terms());
        return methods.Of(fresh).Happen(fresh, Phase1Event.Initiate, Messages[0].Datagram.UnixSeconds);
    }

    protected override Phase1State Respond()
    {
        Demand(Role.Responder);
        var (own, peer) = Side.Places;
        return Phase1State.Responding(Side.CKY_I, Side.CKY_R, own, peer, Terms());
    }

    protected override Turn<Phase1State> Receive(Phase1State before, ReplayedMessage message)
    {
        var turn = methods.Of(before).Receive(
            before, message.Datagram.Octets, message.Header!.Value, message.Datagram.UnixSeconds);
        return turn.Rejection is Rejection.CertificateRefused && Side.First<CertificatePayload>(false, 0) is null
            ? throw new NotInRecordException("no certificate was sent, so the key of the other side is not known")
            : turn;
    }

    /// <summary>
    /// SAi_b, and the running IV: the last block of what the real side sent, or after a clear message the first IV,
    /// which there is still (RFC 2409 App. B, D-16).
    /// </summary>
    protected override Phase1State Pinned(Phase1State state, ReplayedMessage own)
    {
        if (own.Payloads.OfType<SecurityAssociationPayload>().FirstOrDefault() is { } sa && Side.Side == Role.Initiator)
        {
            state = state with { SAi_b = sa.Body };
        }

        return state.Keys is null ? state : state with { Iv = own.NextIv ?? FirstIv(state) };
    }

    protected override string? Difference(Phase1State state, Octets sent, ReplayedMessage own)
    {
        var iv = own.Iv ?? (state.Keys is null ? default(Octets?) : FirstIv(state));
        var made = PayloadsOf(sent, state.Suite, state.Keys?.Ka, iv);
        return signatures.Fault is { } fault
            ? $"its SIG is not over RefIke's HASH: {fault.Reason}"
            : Differing(made, own.Payloads, Made);
    }

    protected override bool IsComplete(Phase1State state) => state.Step == Phase1Step.Established;

    protected override string StepOf(Phase1State state) => $"{state.Step}";

    /// <summary>
    /// A side that begins or answers an exchange of phase 2 other than an Informational has its ISAKMP SA.
    /// </summary>
    protected override bool? RealSideIsComplete()
        => Side.Messages.Any(m => Side.IsOwn(m)
            && m.Header!.Value.ExchangeType is ExchangeType.QuickMode or ExchangeType.Transaction
                or ExchangeType.NewGroupMode)
            ? true : null;

    protected override void Compare(Phase1State state)
    {
        var (k, logged) = (state.Keys!, Side.Sa.Secrets!);
        (string Name, Secret Ours, Octets? Theirs)[] keys =
        [
            ("SKEYID", k.SKEYID, IsTaken(state) ? null : logged.SKEYID), ("SKEYID_d", k.SKEYID_d, logged.SKEYID_d),
            ("SKEYID_a", k.SKEYID_a, logged.SKEYID_a), ("SKEYID_e", k.SKEYID_e, logged.SKEYID_e),
            ("Ka", k.Ka, logged.Ka),
        ];
        string[] other =
            [.. keys.Where(e => e.Theirs is { } t && !e.Ours.Equals(Secret.Of(t.Span))).Select(e => e.Name)];
        Fault = other.Length > 0 ? $"{string.Join(", ", other)} is not the logged one" : Fault;
        equalKeys = [.. keys.Where(e => e.Theirs is not null).Select(e => e.Name).Except(other)];
    }

    protected override MachineVerdict Judged(MachineVerdict verdict) => verdict with { Keys = equalKeys };

    /// <summary>SKEYID was not computed but taken from the log: to say that it is equal would say nothing.</summary>
    private bool IsTaken(Phase1State state) => PreSharedKey is null
        && XauthMethods.Alone(state.Method) == AuthenticationMethod.PreSharedKey;

    private static Octets FirstIv(Phase1State state) => KeySchedule.Rfc2409.Phase1Iv(
        state.Suite!.Hash, state.g_xi.Span, state.g_xr.Span, state.Suite.Cipher.BlockLength);

    /// <summary>The initiator begins (RFC 2409 §5).</summary>
    private void Demand(Role begins)
    {
        if (Side.Side != begins)
        {
            throw new NotInRecordException("message 1 is not in the capture", true);
        }
    }

    private Phase1Terms Terms()
    {
        var terms = Phase1Policy.Of(Side, mode, PreSharedKey);
        return XauthMethods.Alone(terms.Method) is AuthenticationMethod.RsaEncryption
            or AuthenticationMethod.RevisedRsaEncryption
            ? throw new NotInRecordException(
                "nonces and identities are encrypted to keys that no log has (RFC 2409 §5.2, §5.3)")
            : methods.Speaks(mode, terms.Method) ? terms
            : throw new NotInRecordException($"RefIke has no {mode} with method {terms.Method}");
    }
}
