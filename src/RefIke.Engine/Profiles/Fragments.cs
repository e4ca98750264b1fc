using System.Collections.Immutable;
using System.Net;
using RefIke.Engine.Steps;
using RefIke.Exchanges;
using RefIke.Exchanges.Profiles.Fragmentation;
using RefIke.Wire;

namespace RefIke.Engine.Profiles;

/// <summary>
/// Messages in fragments ([MS-IKEE] §2.2, D-189 to D-191): a whole message with its header is cut, and each part sent
/// in the clear behind the same header. They are gathered before anything is looked at, so that all rules of a message
/// apply to the whole.
/// </summary>
internal static class Fragments
{
    /// <summary>A header, the generic payload header, and the fragment's own four octets.</summary>
    private const int Overhead = Header.Size + 8;

    /// <summary>How many cut messages of one SA keep their number, so that a resend has the same (D-191).</summary>
    private const int Remembered = 16;

    /// <summary>What is about to be sent is cut where it is too long, and the peer can gather it.</summary>
    [Clause("msikee-2.2-02")]
    public static void Cut(Work work)
    {
        for (var at = 0; at < work.Effects.Count; at++)
        {
            if (work.Effects[at] is Effect.Send send && Header.TryRead(send.Datagram.Span, out var header, out _)
                && Entry(work, header) is { } entry)
            {
                EngineProfiles.Sent(work, entry.Own);
                if (Parts(work, entry, header, send.Datagram) is { Length: > 1 } parts)
                {
                    work.Effects.RemoveAt(at);
                    work.Effects.InsertRange(at, parts.Select(p => send with { Datagram = p }));
                    at += parts.Length - 1;
                }
            }
        }
    }

    /// <summary>
    /// The datagram to go on with: itself, or the whole message where it is the fragment that was missing; else null.
    /// </summary>
    [Clause("msikee-2.2-03")]
    [Clause("msikee-2.2-04")]
    public static Octets? Gather(Work work, IPEndPoint local, IPEndPoint remote, Octets datagram)
    {
        if (!Header.TryRead(datagram.Span, out var header, out _) || header.NextPayload != PayloadType.Fragment
            || !IsSpoken(work, remote, header))
        {
            return datagram;
        }

        var name = new ExchangeName(header.InitiatorCookie, header.ResponderCookie, header.MessageId);
        if (!MessageReader.TryReadPayloads(
                header.NextPayload, datagram.Memory[Header.Size..], Header.Size, out var payloads, out _,
                out var malformed))
        {
            work.Reject(name, new Rejection.BadSyntax(malformed!));
            return null;
        }

        if (payloads is not [FragmentPayload fragment])
        {
            work.Reject(name, new Rejection.WrongPayloads(string.Join(" ", payloads.Select(p => p.Type)),
                NotifyType.PayloadMalformed));
            return null;
        }

        var source = new FragmentSource(local, remote, header.InitiatorCookie, header.ResponderCookie,
            header.ExchangeType, header.MessageId);
        return Add(work, source, name, fragment);
    }

    /// <summary>What was not whole in time is forgotten.</summary>
    [Clause("msikee-2.2-04")]
    public static void Expire(Work work, TimerId timer)
    {
        work.Stop(timer);
        work.State = work.State with { Fragments = work.State.Fragments.Remove(timer.Id) };
    }

    private static Octets? Add(Work work, FragmentSource source, ExchangeName name, FragmentPayload fragment)
    {
        var known = work.State.Fragments.FirstOrDefault(s => s.Value.Source == source);
        var (serial, set) = (known.Key, (FragmentSet?)known.Value);
        if (set is not null && set.Id != fragment.Id)
        {
            Drop(work, serial);     // the peer has gone on to another message
            set = null;
        }

        if (set is null)
        {
            MakeRoom(work, source.Remote);
            serial = work.State.Gathered;
            work.State = work.State with { Gathered = unchecked(serial + 1) };
            work.Start(Timer(serial), work.Timing.Fragments);
            set = new FragmentSet(source, fragment.Id);
        }

        var (after, fault) = set.Add(fragment, work.Setup.Limits);
        if (after is null)
        {
            work.Reject(name, new Rejection.BadFragment(fault));
            Drop(work, serial);
            return null;
        }

        work.State = work.State with { Fragments = work.State.Fragments.SetItem(serial, after) };
        if (after.Whole is not { } whole)
        {
            work.Tell(new Effect.FragmentKept(name, fragment.Number, after.Parts.Count));
            return null;
        }

        Drop(work, serial);
        var own = Header.TryRead(whole.Span, out var header, out _) && header.NextPayload != PayloadType.Fragment
            && header.InitiatorCookie == source.CKY_I && header.ResponderCookie == source.CKY_R;
        work.Reject(name, own ? null : new Rejection.BadFragment("the whole is not a message of the same SA"));
        return own ? (Octets?)whole : null;
    }

    private static void Drop(Work work, uint serial) => Expire(work, Timer(serial));

    /// <summary>
    /// The oldest goes where there are too many: were the newest refused, whoever writes the peer's address would keep
    /// its messages out for as long as fragments are waited for.
    /// </summary>
    private static void MakeRoom(Work work, IPEndPoint remote)
    {
        var (all, limits) = (work.State.Fragments, work.Setup.Limits);
        var same = all.Where(s => s.Value.Source.Remote.Address.Equals(remote.Address)).Select(s => s.Key).ToArray();
        if (same.Length >= limits.FragmentSetsPerAddress)
        {
            Drop(work, same.Min());
        }
        else if (all.Count >= limits.FragmentSets)
        {
            Drop(work, all.Keys.Min());
        }
    }

    /// <summary>
    /// Cheap checks first: an SA of ours with these cookies, or a message 1 from an address that is known.
    /// </summary>
    private static bool IsSpoken(Work work, IPEndPoint remote, Header header)
        => Entry(work, header) is { } entry
            ? work.Connection(entry.Connection)?.Fragmentation is not null
            : header.ResponderCookie.IsZero
                && Peers.At(work.Setup, remote.Address).Any(c => c.Fragmentation is not null);

    private static ImmutableArray<Octets> Parts(Work work, IsakmpEntry entry, Header header, Octets datagram)
    {
        if (work.Connection(entry.Connection)?.Fragmentation is not { } policy || datagram.Length <= policy.Size
            || !(policy.Force || Fragmentation.IsSpokenBy(entry.Phase1)))
        {
            return [datagram];
        }

        var each = Math.Max(policy.Size, Header.Size + Overhead) - Overhead;
        var count = (datagram.Length + each - 1) / each;
        if (count > work.Setup.Limits.Fragments)
        {
            return [datagram];      // no peer would gather so many
        }

        var id = Id(work, entry, datagram);
        var clear = header with { Flags = HeaderFlags.None };
        return [.. Enumerable.Range(0, count).Select(n => MessageWriter.Write(clear,
            [new FragmentPayload(id, (byte)(n + 1), (byte)(n == count - 1 ? 1 : 0),
                datagram.Slice(n * each, Math.Min(each, datagram.Length - (n * each))))]))];
    }

    /// <summary>Counts up from 1; a message that is sent again keeps its own.</summary>
    private static ushort Id(Work work, IsakmpEntry entry, Octets datagram)
    {
        var known = entry.Cut.FirstOrDefault(c => c.Datagram == datagram);
        if (known.Id != 0)
        {
            return known.Id;
        }

        var id = entry.Cut is [.., var last] ? (ushort)(last.Id == ushort.MaxValue ? 1 : last.Id + 1) : (ushort)1;
        work.Put(entry with { Cut = [.. entry.Cut.TakeLast(Remembered - 1), (datagram, id)] });
        return id;
    }

    /// <summary>The entry that chose one of the cookies.</summary>
    private static IsakmpEntry? Entry(Work work, Header header)
    {
        var table = work.State.Isakmp;
        return (table.TryGetValue(header.InitiatorCookie.Value, out var entry) && entry.Phase1.Role == Role.Initiator)
            || (table.TryGetValue(header.ResponderCookie.Value, out entry)
                && entry.Phase1.CKY_I == header.InitiatorCookie)
            ? entry
            : null;
    }

    private static TimerId Timer(uint serial) => new(TimerKind.FragmentsExpire, default, serial);
}
