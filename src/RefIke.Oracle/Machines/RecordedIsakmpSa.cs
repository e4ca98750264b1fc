using RefIke.Crypto;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Oracle.Machines;

/// <summary>An ISAKMP SA made of what was logged, for the exchanges under it.</summary>
internal static class RecordedIsakmpSa
{
    /// <summary>Null where the log has not all of its keys, or Ka is of another suite.</summary>
    public static Phase1State? Of(SideOfSa side)
    {
        if (side.Sa is not
            {
                Suite: { } suite,
                Secrets: { SKEYID: { } SKEYID, SKEYID_d: { } d, SKEYID_a: { } a, SKEYID_e: { } e, Ka: var Ka },
            } || Ka.Length != suite.Cipher.KeyLength)
        {
            return null;
        }

        var (own, peer) = side.Places;
        var phase1 = side.Messages.Where(m => m.Header!.Value.MessageId == 0
            && m.Header.Value.ExchangeType is ExchangeType.MainMode or ExchangeType.Aggressive).ToArray();
        return new Phase1State
        {
            Step = Phase1Step.Established,
            Mode = phase1[0].Header!.Value.ExchangeType,
            Method = suite.Method,
            Role = side.Side,
            CKY_I = side.CKY_I,
            CKY_R = side.CKY_R,
            Local = own,
            Remote = peer,
            Terms = null,
            Suite = suite,
            Keys = new Phase1Keys(Key(SKEYID), Key(d), Key(a), Key(e), Key(Ka)),
            Iv = phase1.LastOrDefault(m => m.NextIv is not null)?.NextIv ?? side.Sa.FirstIv,
        };
    }

    private static Secret Key(Octets octets) => Secret.Of(octets.Span);
}
