using System.Buffers.Binary;
using System.Collections.Immutable;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Properties.Fuzzing;

/// <summary>
/// What every step must keep to, whatever datagram it was given. The ids are those of <c>spec/properties.md</c>.
/// </summary>
/// <param name="limits">What the endpoint's tables must stay within.</param>
/// <param name="ledger">The ids of all clauses.</param>
internal sealed class Demands(Limits limits, IReadOnlySet<string> ledger)
{
    /// <summary>
    /// Octets that a step may allocate whatever the datagram: three times what an exponentiation on a curve takes.
    /// </summary>
    public const long MostAllocated = 1024 * 1024;

    /// <summary>Octets that it may allocate for each octet of the datagram on top.</summary>
    public const long MostAllocatedForAnOctet = 128;

    /// <summary>The first demand that this step broke, or null.</summary>
    public string? Broken(
        EndpointState before, Shot shot, EndpointState after, ImmutableArray<Effect> effects, long allocated)
        => Bounded(before, shot, effects, allocated)
            ?? Judged(effects)
            ?? (shot.Known ? null : Settled(before, after, effects))
            ?? Answers(before, shot, effects)
            ?? Tables(before, after);

    /// <summary>
    /// S-31: bounded work, seen in what it allocates and tells: a word for each payload, some for each pair and Quick
    /// Mode that a Delete ends.
    /// </summary>
    private static string? Bounded(EndpointState before, Shot shot, ImmutableArray<Effect> effects, long allocated)
    {
        var most = MostAllocated + (MostAllocatedForAnOctet * shot.Datagram.Length);
        var mostEffects = 8 + IsakmpReader.MaximumPayloads + (4 * (before.QuickModes.Count + before.Pairs.Count));
        return allocated > most ? $"S-31: {allocated} octets allocated where {most} are the most"
            : effects.Length > mostEffects ? $"S-31: {effects.Length} effects where {mostEffects} are the most"
            : null;
    }

    /// <summary>No datagram vanishes without a word, and each refusal names a clause of the ledger.</summary>
    private string? Judged(ImmutableArray<Effect> effects)
        => effects.IsEmpty ? "S-31: the datagram vanished: nothing tells what became of it"
            : effects.OfType<Effect.Rejected>().FirstOrDefault(r => !ledger.Contains(r.Why.Clause)) is { } r
                ? $"ledger: {r.Why.Kind} names {r.Why.Clause}, which no ledger has"
                : null;

    /// <summary>
    /// S-11: what is refused is not answered; before an address has returned our cookie it gets one answer of at most
    /// three times what it sent. S-12: an Informational is answered by nothing but the Deletes of other halves and, in
    /// dead peer detection, one answer to each question.
    /// </summary>
    private static string? Answers(EndpointState before, Shot shot, ImmutableArray<Effect> effects)
    {
        var sent = effects.OfType<Effect.Send>().DistinctBy(s => Message(s.Datagram)).ToArray();
        if (sent.Length == 0)
        {
            return null;
        }

        // Of this datagram: what was held until phase 1 ends may be refused in the step that ends it, and so may a user.
        var id = BinaryPrimitives.ReadUInt32BigEndian(shot.Datagram.Span[20..]);
        var refused = effects.OfType<Effect.Rejected>().FirstOrDefault(r => r.Exchange.M_ID == id
            && r.Why is not (Rejection.Duplicate or Rejection.Early or Rejection.NothingAcceptable or Rejection.BadPublicValue
                or Rejection.GroupRefused or Rejection.WrongExchangeType));
        if (refused is not null && !effects.Any(e => e is Effect.IsakmpEstablished))
        {
            return $"S-11: a datagram was refused ({refused.Why.Kind}) and answered";
        }

        var span = shot.Datagram.Span;
        if ((ExchangeType)span[18] == ExchangeType.Informational)
        {
            var due = effects.Count(
                e => e is Effect.PairDeleted or Effect.Noted { Type: NotifyType.RUThere, Authenticated: true });
            return sent.Length > due ? "S-12: an Informational was answered" : null;
        }

        var octets = effects.OfType<Effect.Send>().Sum(s => s.Datagram.Length)
            - before.Fragments.Values.Where(f => f.Source.Remote.Equals(shot.Remote))
                .Sum(f => 3 * f.Parts.Values.Sum(p => p.Length));
        return !shot.Known && sent.Length > 1 ? $"S-11: {sent.Length} answers to a datagram without keys"
            : span[8..16].IndexOfAnyExcept((byte)0) < 0 && octets > 3 * span.Length
                ? $"S-11: {span.Length} octets from an unproved address were answered by {octets}"
                : null;
    }

    /// <summary>The message that a datagram is, or is a fragment of: cookies and the fragment's identifier.</summary>
    private static Octets Message(Octets datagram)
        => datagram.Length > Header.Size + 5 && datagram.Span[16] == (byte)PayloadType.Fragment
        ? (Octets)(byte[])[.. datagram.Span[..16], .. datagram.Span.Slice(Header.Size + 4, 2)]
        : datagram;

    /// <summary>
    /// S-18, S-19: half-open exchanges, Quick Modes and message ids stay within their limits; nothing is of nobody.
    /// </summary>
    private string? Tables(EndpointState before, EndpointState after)
    {
        var halfOpen = after.Isakmp.Values
            .Where(e => e.Established is null && e.Phase1.Role == Role.Responder).ToArray();
        return halfOpen.Length > limits.HalfOpen ? $"S-19: {halfOpen.Length} half-open exchanges"
            : halfOpen.GroupBy(e => e.Remote.Address).Any(g => g.Count() > limits.HalfOpenPerAddress)
                ? "S-19: too many half-open exchanges of one address"
            : halfOpen.GroupBy(e => (e.Phase1.CKY_I, e.Remote)).Any(g => g.Count() > 1)
                ? "S-08: one message 1 opened two exchanges"
            : after.QuickModes.Count > before.QuickModes.Count
                && after.QuickModes.Keys.GroupBy(k => k.Own).Any(g => g.Count() > limits.OpenQuickModes + 1)
                ? "S-18: too many Quick Modes under one ISAKMP SA"
            : after.Isakmp.Values.Any(e => HasGrown(e, before)) ? "S-18: too many message ids of one ISAKMP SA"
            : after.FirstMessages.Values.Any(own => !after.Isakmp.ContainsKey(own))
                ? "S-19: a message 1 of an exchange that is gone"
            : after.Fragments.Count > limits.FragmentSets ? "S-19: too many messages in fragments"
            : after.Transactions.Keys.GroupBy(k => k.Own).Any(g => g.Count() > limits.Transactions + 1)
                ? "S-18: too many Transactions under one ISAKMP SA"
            : after.QuickModes.Keys.Concat(after.NewGroups.Keys).Any(k => !after.Isakmp.ContainsKey(k.Own))
                ? "S-22: a Quick Mode or New Group Mode without its ISAKMP SA"
            : after.Timers.Keys.Any(t => !IsOf(t, after)) ? "S-19: a timer of nobody"
            : null;
    }

    /// <summary>
    /// Whether its memory of message ids has grown beyond its limit: each pair deleted may take one for its own Delete.
    /// </summary>
    private bool HasGrown(IsakmpEntry entry, EndpointState before)
        => entry.MessageIds.Count > limits.MessageIds + 1 + before.Pairs.Count
            && entry.MessageIds.Count > (before.Isakmp.GetValueOrDefault(entry.Own.Value)?.MessageIds.Count ?? 0);

    private static bool IsOf(TimerId timer, EndpointState state)
        => timer.Kind == TimerKind.FragmentsExpire ? state.Fragments.ContainsKey(timer.Id)
            : timer.Own.IsZero ? state.Pairs.ContainsKey(timer.Id) : state.Isakmp.ContainsKey(timer.Own.Value);

    /// <summary>
    /// S-07: without keys nothing settled moves: no pair, ISAKMP SA, Quick Mode, or timer of theirs. A copy may cost
    /// one of its answers.
    /// </summary>
    private static string? Settled(EndpointState before, EndpointState after, ImmutableArray<Effect> effects)
    {
        var told = effects.FirstOrDefault(e => e is Effect.PairEstablished or Effect.PairDeleted
            or Effect.IsakmpEstablished or Effect.IsakmpDeleted or Effect.ExchangeFailed);
        return told is not null ? $"S-07: {told.GetType().Name} without keys"
            : !ReferenceEquals(before.Pairs, after.Pairs) ? "S-07: the table of pairs has changed"
            : !Isakmp(before).SequenceEqual(Isakmp(after)) ? "S-07: an established ISAKMP SA has changed"
            : !QuickModes(before).SequenceEqual(QuickModes(after)) ? "S-07: a Quick Mode has changed"
            : !Timers(before).SequenceEqual(Timers(after)) ? "S-07: a timer of something settled has changed"
            : null;
    }

    private static IEnumerable<IsakmpEntry> Isakmp(EndpointState state)
        => state.Isakmp.Values.Where(e => e.Established is not null)
            .Select(e => e with { Resending = e.Resending with { Answered = 0 } });

    private static IEnumerable<QuickModeEntry> QuickModes(EndpointState state)
        => state.QuickModes.Values.Select(q => q with { Resending = q.Resending with { Answered = 0 } });

    private static IEnumerable<KeyValuePair<TimerId, Instant>> Timers(EndpointState state) => state.Timers.Where(
        t => t.Key.Own.IsZero ? t.Key.Kind != TimerKind.FragmentsExpire : state.Isakmp.GetValueOrDefault(t.Key.Own.Value)?.Established is not null);
}
