using System.Buffers.Binary;
using RefIke.Engine.Steps;
using RefIke.Exchanges;
using RefIke.Exchanges.Profiles.DeadPeerDetection;
using RefIke.Wire;

namespace RefIke.Engine.Profiles;

/// <summary>
/// Dead peer detection (RFC 3706): a peer that was silent for too long is asked, and is dead when it does not answer.
/// Its own questions are always answered (D-166).
/// </summary>
internal sealed class DeadPeers : IEngineProfile
{
    /// <summary>How far ahead of the last one a question's number may be (RFC 3706 §6.2, D-167).</summary>
    private const int Window = 32;

    /// <summary>How often one question is answered again.</summary>
    private const int AnswersAgain = 3;

    /// <summary>The worry timer runs where both sides speak it (RFC 3706 §5.1).</summary>
    [Clause("3706-5.1-01")]
    public void Established(Work work, IsakmpEntry entry)
    {
        work.Put(entry with { Liveness = new Liveness(work.Now) });
        if (Interval(work, entry) is { } interval)
        {
            work.Start(Timer(entry.Own), interval);
        }
    }

    /// <summary>Any fresh verified message proves life (D-170): an open question is closed by it.</summary>
    [Clause("3706-5.4-01")]
    public void Heard(Work work, IsakmpEntry entry)
    {
        if (entry.Liveness is { } known)
        {
            work.Put(entry with { Liveness = known with { Heard = work.Now, Asked = null, Tries = 0 } });
            if (known.Asked is not null && Interval(work, entry) is { } interval)
            {
                work.Start(Timer(entry.Own), interval);
            }
        }
    }

    /// <summary>R-U-THERE and R-U-THERE-ACK.</summary>
    [Clause("3706-5.3-01")]
    [Clause("3706-6.1-02")]
    public Noticed Take(Work work, IsakmpEntry entry, ExchangeName name, NotificationPayload notify)
    {
        if (notify.NotifyType is not (NotifyType.RUThere or NotifyType.RUThereAck)
            || work.Connection(entry.Connection)?.DeadPeer is null || entry.Liveness is not { } known)
        {
            return Noticed.NotMine;
        }

        Rejection? refusal = notify switch
        {
            { Protocol: not Protocol.Isakmp } or { Data.Length: not 4 }
                => new Rejection.WrongPayloads($"{notify.NotifyType} with {notify.Data.Length} octets",
                    NotifyType.PayloadMalformed),
            _ when !Names(entry, notify.Spi)
                => new Rejection.UnknownSa($"{notify.NotifyType} of other cookies (D-168)"),
            { NotifyType: NotifyType.RUThere } => Question(work, entry, known, notify),
            _ => Answer(known, BinaryPrimitives.ReadUInt32BigEndian(notify.Data.Span)),
        };
        work.Reject(name, refusal);
        return refusal is null ? Noticed.Taken : Noticed.Refused;
    }

    /// <summary>The worry timer, or that of a question.</summary>
    [Clause("3706-5.4-04")]
    [Clause("3706-5.4-02")]
    public void Fired(Work work, TimerId timer)
    {
        if (timer.Kind != TimerKind.PeerSilent || !work.State.Isakmp.TryGetValue(timer.Own.Value, out var entry)
            || Interval(work, entry) is not { } interval || entry.Liveness is not { } known)
        {
            return;
        }

        var silent = work.Now.Milliseconds - known.Heard.Milliseconds;
        if (Peers.Newest(work, entry).Own != entry.Own)
        {
            work.Start(timer, interval);    // the newest asks for all (D-169)
        }
        else if (known.Asked is null && silent < interval)
        {
            work.Start(timer, interval - silent);
        }
        else if (known.Tries >= work.Connection(entry.Connection)!.DeadPeer!.Tries)
        {
            Die(work, entry);
        }
        else
        {
            Ask(work, entry, known);
        }
    }

    /// <summary>A peer that let an exchange fail is asked at once, where it can be (D-09).</summary>
    public static void Suspect(Work work, Cookie own)
    {
        if (work.State.Isakmp.TryGetValue(own.Value, out var entry) && Interval(work, entry) is not null
            && entry.Liveness is { Asked: null } known)
        {
            Ask(work, entry, known);
        }
    }

    /// <summary>Traffic on a pair is the best proof (RFC 3706 §5.4).</summary>
    [Clause("3706-5.4-01")]
    public static void TrafficSeen(Work work, IpsecPair pair)
    {
        foreach (var entry in Peers.Of(work, pair).ToArray())
        {
            EngineProfiles.Heard(work, entry.Own);
        }
    }

    /// <summary>The same number again when it is sent again, under a message id of its own (D-13).</summary>
    [Clause("3706-6.2-01")]
    [Clause("3706-5.4-02")]
    private static void Ask(Work work, IsakmpEntry entry, Liveness known)
    {
        var number = known.Asked ?? known.Next ?? First(work, entry);
        work.Put(entry with
        {
            Liveness = known with { Asked = number, Tries = known.Tries + 1, Next = unchecked(number + 1) },
        });
        Notices.SendProtected(work, work.State.Isakmp[entry.Own.Value], Notify(entry, NotifyType.RUThere, number));
        work.Start(Timer(entry.Own), work.Connection(entry.Connection)!.DeadPeer!.Gap);
    }

    /// <summary>
    /// All SAs with the peer go, and nothing is sent: nobody would hear it (RFC 3706 §5.4, D-142, D-171).
    /// </summary>
    [Clause("3706-5.4-03")]
    private static void Die(Work work, IsakmpEntry entry)
    {
        const string Why = "the peer is dead";
        work.Tell(new Effect.PeerDied(entry.Own, entry.Connection, entry.Remote));
        foreach (var pair in Peers.PairsOf(work, entry).ToArray())
        {
            Deletion.Remove(work, pair, Why);
        }

        foreach (var other in Peers.SameAs(work, entry).ToArray())
        {
            Deletion.Forget(work, other, Why);
        }
    }

    /// <summary>
    /// A question: one with the next number or, as questions get lost, a little beyond it; the last one again a few
    /// times; a smaller one never (D-167).
    /// </summary>
    [Clause("3706-5.2-01")]
    [Clause("3706-6.1-01")]
    [Clause("3706-6.2-02")]
    private static Rejection.BadSequence? Question(Work work, IsakmpEntry entry, Liveness known,
        NotificationPayload notify)
    {
        var number = BinaryPrimitives.ReadUInt32BigEndian(notify.Data.Span);
        var ahead = known.PeerAsked is { } last ? unchecked((int)(number - last)) : 1;
        if (ahead is < 0 or > Window || (ahead == 0 && known.AnsweredAgain >= AnswersAgain))
        {
            return new Rejection.BadSequence(number, $"the last was {known.PeerAsked}");
        }

        work.Put(entry with
        {
            Liveness = known with { PeerAsked = number, AnsweredAgain = ahead == 0 ? known.AnsweredAgain + 1 : 0 },
        });
        Notices.SendProtected(work, work.State.Isakmp[entry.Own.Value], Notify(entry, NotifyType.RUThereAck, number));
        return null;
    }

    /// <summary>The answer to the open question; that it proves life is <see cref="Heard"/>'s.</summary>
    [Clause("3706-6.1-03")]
    private static Rejection.BadSequence? Answer(Liveness known, uint number)
        => number == known.Asked ? null : new Rejection.BadSequence(number, $"no question {number} is open");

    /// <summary>Both cookies in their order, as sent; swapped ones and none at all are tolerated (D-168).</summary>
    private static bool Names(IsakmpEntry entry, Octets spi)
        => spi.Length == 0 || spi == entry.Phase1.Spi
            || spi == (Octets)(byte[])[.. entry.Phase1.CKY_R.ToArray(), .. entry.Phase1.CKY_I.ToArray()];

    [Clause("3706-5.3-01")]
    private static NotificationPayload Notify(IsakmpEntry entry, NotifyType type, uint number)
    {
        var data = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(data, number);
        return new NotificationPayload(Doi.Ipsec, Protocol.Isakmp, entry.Phase1.Spi, type, data);
    }

    /// <summary>Random, the highest bit zero (RFC 3706 §6.2).</summary>
    private static uint First(Work work, IsakmpEntry entry)
        => BinaryPrimitives.ReadUInt32BigEndian(work.Setup.Randomness.Bytes("DPD", entry.Phase1.Name, 4)) & 0x7fffffff;

    private static long? Interval(Work work, IsakmpEntry entry)
        => DeadPeerDetection.IsSpokenBy(entry.Phase1) ? work.Connection(entry.Connection)?.DeadPeer?.Interval : null;

    private static TimerId Timer(Cookie own) => new(TimerKind.PeerSilent, own, 0);
}
