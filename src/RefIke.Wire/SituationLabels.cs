namespace RefIke.Wire;

/// <summary>
/// The labelled domain identifier, and level and category lengths, that follow the situation (RFC 2407 §4.6.1). Only measured:
/// no label is ever acted on.
/// </summary>
internal static class SituationLabels
{
    [Clause("2407-4.6.1-01")]
    public static bool TrySkip(Body body, Situation situation, ref int at, out Malformed? malformed)
    {
        malformed = null;
        var fields = ((situation & Situation.Secrecy) != 0 ? 1 : 0) + ((situation & Situation.Integrity) != 0 ? 1 : 0);
        if (body.Length - at < 4)
        {
            malformed = Bad(body, at);
            return false;
        }

        at += 4;
        for (var i = 0; i < fields; i++)
        {
            // a level in octets, then a category bitmap in bits, each after its length and filled up to four octets
            if (!TrySkip(body, ref at, bits: false, out malformed) || !TrySkip(body, ref at, bits: true, out malformed))
            {
                return false;
            }
        }

        return true;
    }

    private static bool TrySkip(Body body, ref int at, bool bits, out Malformed? malformed)
    {
        malformed = null;
        if (body.Length - at >= 4)
        {
            int length = body.U16(at), octets = bits ? (length + 7) / 8 : length;
            var end = at + 4 + ((octets + 3) / 4 * 4);
            if (end <= body.Length)
            {
                at = end;
                return true;
            }
        }

        malformed = Bad(body, at);
        return false;
    }

    private static Malformed Bad(Body body, int at)
        => body.Bad("Situation", at, "2407-4.6.1-01", "the labels run over the payload", NotifyType.SituationNotSupported);
}
