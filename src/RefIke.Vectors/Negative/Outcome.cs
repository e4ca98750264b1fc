using System.Collections.Immutable;
using System.Text;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>What must follow.</summary>
/// <param name="Rejections">RefIke's typed rejections, in order.</param>
/// <param name="MayAnswer">Whether anything may be sent: only what <see cref="Answerable"/> lists is ever
/// answered.</param>
/// <param name="Answers">What RefIke sends, of the group's random octets.</param>
/// <param name="State"><see cref="Unchanged"/>, <see cref="Counted"/> or <see cref="Ended"/>.</param>
/// <param name="Changes">What differs in RefIke's state, by name; nothing where it is unchanged.</param>
/// <param name="Remains">The SAs that must still be there.</param>
internal sealed record Outcome(
    ImmutableArray<Refused> Rejections, bool MayAnswer, ImmutableArray<Octets> Answers, string State,
    ImmutableArray<string> Changes, Remaining Remains)
{
    /// <summary>Not a field of the state differs.</summary>
    public const string Unchanged = "unchanged";

    /// <summary>Message ids, copies answered, refusals counted: every exchange awaits what it awaited.</summary>
    public const string Counted = "counted";

    /// <summary>The exchange that the message was in, or would have begun, has ended.</summary>
    public const string Ended = "exchangeEnded";

    /// <summary>
    /// The kinds of rejection after which something may be sent (S-11): a copy gets the same octets again, an offer, a
    /// public value, a group or an exchange type a notify, and a user the verdict.
    /// </summary>
    public static readonly ImmutableHashSet<string> Answerable =
    [
        nameof(Rejection.Duplicate), nameof(Rejection.Early), nameof(Rejection.NothingAcceptable),
        nameof(Rejection.BadPublicValue), nameof(Rejection.GroupRefused), nameof(Rejection.WrongExchangeType),
        nameof(Rejection.UserRefused), nameof(Rejection.NoAddress),
    ];

    /// <summary>What a sequence of steps came to.</summary>
    /// <param name="isSequence">Whether it was more than one datagram: those before the last may be honest, and
    /// answered.</param>
    public static Outcome Of(EndpointState before, EndpointState after, IReadOnlyCollection<Effect> effects,
        bool isSequence)
    {
        var refused = effects.OfType<Effect.Rejected>().Select(r => Refused.Of(r.Why)).ToImmutableArray();
        var changes = StateChanges.Between(before, after);
        ImmutableArray<Octets> answers = [.. effects.OfType<Effect.Send>().Select(s => s.Datagram)];
        return new Outcome(
            refused, refused.Any(r => Answerable.Contains(r.Kind)) || (isSequence && !answers.IsEmpty), answers,
            changes.IsEmpty ? Unchanged : StateChanges.HasEnded(before, after, effects) ? Ended : Counted, changes,
            Remaining.Of(after));
    }
}

/// <summary>One rejection.</summary>
/// <param name="Kind">RefIke's name of its kind.</param>
/// <param name="Clause">The clause broken.</param>
/// <param name="Payload">Of what is malformed: the payload it is in, absent for the header.</param>
/// <param name="Field">The field's name in RFC 2408 §3.</param>
/// <param name="Offset">Where the field stands in the datagram.</param>
/// <param name="Notify">The notify of RFC 2408 §3.14.1 that names the fault, if one does; most are never sent.</param>
internal sealed record Refused(
    string Kind, string Clause, string? Payload, string? Field, int? Offset, Notice? Notify, string Reason)
{
    public static Refused Of(Rejection why)
    {
        var fault = (why as Rejection.BadSyntax)?.Fault;
        var payload = fault is { Payload: not PayloadType.None } ? $"{fault.Payload}" : null;
        return new Refused(
            why.Kind, why.Clause, payload, fault?.Field, fault?.Offset, why.Notify is { } n ? Notice.Of(n) : null,
            why.Reason);
    }
}

/// <summary>A notify by its name in RFC 2408 §3.14.1 and its number.</summary>
internal sealed record Notice(string Type, int Number)
{
    public static Notice Of(NotifyType type)
    {
        var name = new StringBuilder();
        foreach (var c in $"{type}")
        {
            name.Append(char.IsUpper(c) && name.Length > 0 ? "-" : "").Append(char.ToUpperInvariant(c));
        }

        return new Notice($"{name}", (ushort)type);
    }
}

/// <summary>The SAs of an endpoint: ISAKMP SAs by both cookies, IPsec SAs by inbound SPI.</summary>
internal sealed record Remaining(ImmutableArray<string> IsakmpSas, ImmutableArray<string> IpsecSas)
{
    public static Remaining Of(EndpointState state) => new(
        [.. state.Isakmp.Values.Where(e => e.Established is not null)
            .Select(e => $"{e.Phase1.CKY_I}/{e.Phase1.CKY_R}")],
        [.. state.Pairs.Keys.Select(spi => $"{spi:x8}")]);
}
