using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Net;
using RefIke.Engine.Profiles;
using RefIke.Exchanges;
using RefIke.Exchanges.Negotiation;
using RefIke.Exchanges.Phase1;
using RefIke.Exchanges.Phase2;
using RefIke.Wire;

namespace RefIke.Engine.Steps;

/// <summary>
/// Informational exchanges, sent and taken (RFC 2409 §5.7, RFC 2408 §5.14, §5.15). None is ever answered by another
/// (S-12, D-152).
/// </summary>
[Clause("2409-9-01")]
internal static class Notices
{
    /// <summary>The notify of a refusal, without data (D-202).</summary>
    public static NotificationPayload Notify(Refusal refusal)
        => new(Doi.Ipsec, refusal.Protocol, refusal.Spi, refusal.Type, Octets.Empty);

    /// <summary>Under an ISAKMP SA, with a message id of its own (RFC 2409 §5.7).</summary>
    [Clause("2409-5.7-02")]
    [Clause("2408-4.8-02")]
    [Clause("2408-5.14-01")]
    [Clause("2408-5.14-03")]
    public static void SendProtected(Work work, IsakmpEntry entry, params ImmutableArray<Payload> body)
    {
        (entry, var id) = work.NewMessageId(entry);
        var (datagram, taken) = work.Endpoint.Informational.Send(entry.Phase1, id, body);
        work.Trace(entry.Phase1.Name with { M_ID = id }, taken);
        if (datagram is { } octets)
        {
            work.Send(entry.Local, entry.Remote, octets, false);
        }
    }

    /// <summary>
    /// In clear, to a peer that has no SA with us; no larger than what it answers (D-150), CKY-R is zero (D-158), the
    /// message id is not (D-33).
    /// </summary>
    [Clause("2409-5.7-03")]
    public static void SendClear(Work work, ExchangeName name, IPEndPoint local, IPEndPoint remote, Refusal refusal)
    {
        var terms = Phase1Exchanges.TermsOf(work.Setup.Connections[0], Role.Responder, KnownGroups.Registered);
        var bare = Phase1State.Responding(name.CKY_I, default, local, remote, terms) with { Terms = null };
        var id = BinaryPrimitives.ReadUInt32BigEndian(work.Setup.Randomness.Bytes("clear M-ID", name, 4)) | 1;
        var (datagram, taken) = work.Endpoint.Informational.Send(bare, id, [Notify(refusal)]);
        work.Trace(name with { M_ID = id }, taken);
        if (datagram is { } octets)
        {
            work.Send(local, remote, octets, false);
        }
    }

    /// <summary>One for an SA or exchange of ours, at any time: between the messages of XAUTH too (D-193).</summary>
    public static void Take(Work work, IsakmpEntry entry, Octets datagram, Header header)
    {
        var name = new ExchangeName(header.InitiatorCookie, header.ResponderCookie, header.MessageId);
        if (header.IsEncrypted && work.State.QuickModes.TryGetValue((entry.Own.Value, header.MessageId), out var open)
            && open.State.Step == QuickModeStep.AwaitConnected)
        {
            QuickModes.Continue(work, entry, open, datagram, header, name);     // CONNECTED in its other form (D-162)
            return;
        }

        if (header.IsEncrypted && (header.MessageId == 0 || entry.MessageIds.Contains(header.MessageId)))
        {
            work.Reject(name, new Rejection.BadMessageId(header.MessageId, "zero, or seen before on this SA"));
            return;
        }

        if (header.IsEncrypted && entry.MessageIds.Count >= work.Setup.Limits.MessageIds)
        {
            work.Reject(name, new Rejection.LimitReached("message ids under one ISAKMP SA"));
            return;
        }

        var (body, rejection, taken) = work.Endpoint.Informational.Receive(entry.Phase1, datagram, header);
        work.Trace(name, taken);
        work.Reject(name, rejection);
        if (rejection is not null)
        {
            return;
        }

        if (!header.IsEncrypted)
        {
            Hint(work, entry, name, body);
            return;
        }

        work.Put(entry with { MessageIds = entry.MessageIds.Add(header.MessageId) });
        Proofs.Verified(work, entry.Own);
        var refused = false;
        foreach (var payload in body)
        {
            refused |= Obey(work, entry.Own, name, payload) == Noticed.Refused;
        }

        if (!refused)
        {
            EngineProfiles.Heard(work, entry.Own);
        }
    }

    /// <summary>In clear nothing is more than a hint, and of a peer's life not even that (RFC 3706 §5.2).</summary>
    [Clause("3706-5.2-02")]
    private static void Hint(Work work, IsakmpEntry entry, ExchangeName name, ImmutableArray<Payload> body)
    {
        foreach (var notify in body.OfType<NotificationPayload>())
        {
            if (notify.NotifyType is NotifyType.RUThere or NotifyType.RUThereAck)
            {
                work.Reject(name, new Rejection.WrongProtection(false));
                continue;
            }

            work.Tell(new Effect.Noted(name, notify.NotifyType, false));
            work.Put(entry with { Hint = notify.NotifyType });
        }
    }

    /// <summary>A payload after a Delete of the carrying SA finds no SA and is left alone (RFC 2408 §5.15, D-155).</summary>
    private static Noticed Obey(Work work, Cookie own, ExchangeName name, Payload payload)
    {
        if (!work.State.Isakmp.TryGetValue(own.Value, out var entry))
        {
            return Noticed.NotMine;
        }

        if (payload is DeletePayload delete)
        {
            Deletion.PeerDeletes(work, entry, delete);
        }
        else if (payload is NotificationPayload notify)
        {
            Heard(work, entry, name, [notify]);
            if ((ushort)notify.NotifyType is > 0 and < 8192 && !NewGroups.Refused(work, entry, notify))
            {
                EndRefused(work, entry, notify);
            }

            return EngineProfiles.Take(work, entry, name, notify);
        }

        return Noticed.NotMine;
    }

    /// <summary>Notifies that a HASH covers, of a Quick Mode or an Informational.</summary>
    public static void Heard(
        Work work, IsakmpEntry carrier, ExchangeName name, ImmutableArray<NotificationPayload> notifies)
    {
        foreach (var notify in notifies)
        {
            work.Tell(new Effect.Noted(name, notify.NotifyType, true));
            if (notify.NotifyType == NotifyType.InitialContact)
            {
                InitialContact.Obey(work, carrier);
            }
        }
    }

    /// <summary>Which Quick Mode an error notify ends: the one with its SPI, else the only open one of ours (D-157).</summary>
    [Clause("2408-5.14-05")]
    private static void EndRefused(Work work, IsakmpEntry entry, NotificationPayload notify)
    {
        var open = work.State.QuickModes.Values
            .Where(q => q.Own == entry.Own.Value && q.State.Step == QuickModeStep.AwaitHash2).ToArray();
        var spi = notify.Spi.Length == 4 ? BinaryPrimitives.ReadUInt32BigEndian(notify.Spi.Span) : 0;
        var meant = open.FirstOrDefault(q => q.State.OwnSpi == spi) ?? (open.Length == 1 ? open[0] : null);
        if (meant is not null)
        {
            QuickModes.End(work, meant, QuickModeEvent.Refused, $"the peer says {notify.NotifyType}");
        }
    }
}
