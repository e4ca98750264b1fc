using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.ModeConfig;

/// <summary>One event's work on a Transaction exchange.</summary>
public sealed class TransactionTurn
{
    private readonly ExchangeMeans means;
    private readonly Opened? opened;
    private readonly Func<AttributesPayload, ImmutableArray<DataAttribute>> answer;

    internal TransactionTurn(
        ExchangeMeans means, TransactionState before, Opened? opened, Func<AttributesPayload, ImmutableArray<DataAttribute>> answer)
        => (this.means, Before, this.opened, this.answer) = (means, before, opened, answer);

    /// <summary>The record before the event.</summary>
    public TransactionState Before { get; }

    /// <summary>Why the message was refused.</summary>
    public Rejection? Rejection { get; private set; }

    /// <summary>What goes out.</summary>
    public AttributesPayload? Outgoing { get; private set; }

    /// <summary>What came in, where something did.</summary>
    internal AttributesPayload? Received => opened?.Payloads.One<AttributesPayload>();

    /// <summary>HASH = prf(SKEYID_a, M-ID | ATTR) verifies over all that follows it (§3.1.1).</summary>
    [Clause("modecfg-3.1.1-01")]
    public static bool HashMatches(TransactionTurn t)
    {
        var p = t.Before.Phase1;
        var expected = t.means.Formulas.HASH_1(p.Suite!.Prf, p.Keys!.SKEYID_a, t.Before.Name.M_ID, t.opened!.AfterHash.Span);
        var right = ConstantTime.Equal(expected, t.opened.Payloads.One<HashPayload>()!.Data.Span);
        t.Rejection = right ? null : new Rejection.HashMismatch("HASH of a Transaction");
        return right;
    }

    /// <summary>It does not.</summary>
    public static bool HashDiffers(TransactionTurn t) => !HashMatches(t);

    /// <summary>HASH verifies, and the answer is to this transaction.</summary>
    public static bool AnswerFits(TransactionTurn t) => HashMatches(t) && IsOurs(t);

    /// <summary>HASH verifies, but the answer is to another transaction (§3.2, M-176).</summary>
    [Clause("modecfg-3.2-02")]
    public static bool OtherIdentifier(TransactionTurn t)
    {
        if (!HashMatches(t) || IsOurs(t))
        {
            return false;
        }

        t.Rejection = new Rejection.OtherTransaction(t.Received!.Identifier, t.Before.Identifier);
        return true;
    }

    /// <summary>HDR*, HASH, ATTR(REQUEST).</summary>
    public static void SendRequest(TransactionTurn t) => t.Send(ConfigurationMessage.Request, t.Before.Identifier, t.answer);

    /// <summary>HDR*, HASH, ATTR(SET).</summary>
    public static void SendSet(TransactionTurn t) => t.Send(ConfigurationMessage.Set, t.Before.Identifier, t.answer);

    /// <summary>HDR*, HASH, ATTR(REPLY): always, be it empty (§2).</summary>
    [Clause("modecfg-2-01")]
    public static void SendReply(TransactionTurn t) => t.Send(ConfigurationMessage.Reply, t.Received!.Identifier, t.answer);

    /// <summary>HDR*, HASH, ATTR(ACK): the attributes that were accepted, without values (§2).</summary>
    [Clause("modecfg-2-02")]
    public static void SendAck(TransactionTurn t) => t.Send(ConfigurationMessage.Ack, t.Received!.Identifier, t.answer);

    /// <summary>The octets of what goes out, and the next IV.</summary>
    internal (Octets Datagram, Octets NextIv) Protect(Octets iv)
    {
        var p = Before.Phase1;
        var hash = means.Formulas.HASH_1(p.Suite!.Prf, p.Keys!.SKEYID_a, Before.Name.M_ID, MessageWriter.WritePayloads([Outgoing!]));
        var header = Header.Of(p.CKY_I, p.CKY_R, ExchangeType.Transaction, Before.Name.M_ID);
        return Protection.Seal(header, [new HashPayload(hash), Outgoing!], p.Suite.Cipher, p.Keys.Ka, iv);
    }

    /// <summary>
    /// strongSwan answers every question with identifier 0, seen live with 5.9: that is taken as saying none, for the message id
    /// under HASH already says which exchange it answers. Any other must be ours.
    /// </summary>
    private static bool IsOurs(TransactionTurn t) => t.Received!.Identifier == t.Before.Identifier || t.Received.Identifier == 0;

    private void Send(ConfigurationMessage type, ushort identifier, Func<AttributesPayload, ImmutableArray<DataAttribute>> attributes)
        => Outgoing = new AttributesPayload(type, identifier, attributes(Received ?? new AttributesPayload(type, identifier, [])));
}
