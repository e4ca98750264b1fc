using RefIke.Crypto;
using RefIke.Engine;

namespace RefIke.Cli.Ladders;

/// <summary>Keys for a reader, one a line with its formula's name; only where the user asked to see them.</summary>
internal static class KeyWords
{
    public static IEnumerable<string> Of(Effect effect) => effect switch
    {
        Effect.KeysDerived { Phase1: { Keys: { } k } p } =>
        [
            Line("SKEYID", k.SKEYID, "prf(pre-shared-key, Ni_b | Nr_b)"),
            Line("SKEYID_d", k.SKEYID_d, "prf(SKEYID, g^xy | CKY-I | CKY-R | 0)"),
            Line("SKEYID_a", k.SKEYID_a, "prf(SKEYID, SKEYID_d | g^xy | CKY-I | CKY-R | 1)"),
            Line("SKEYID_e", k.SKEYID_e, "prf(SKEYID, SKEYID_a | g^xy | CKY-I | CKY-R | 2)"),
            Line("Ka", k.Ka, $"key of {p.Suite!.Cipher}, App. B"),
            $"{"IV",-9} {Observed.FirstIv(p).ToHex()}  hash(g^xi | g^xr), its first octets",
        ],
        Effect.PairEstablished e =>
        [
            Line("KEYMAT", e.Pair.Inbound, $"SPI {e.Pair.Spi:x8}, responder to initiator"),
            Line("KEYMAT", e.Pair.Outbound, $"SPI {e.Pair.PeerSpi:x8}, initiator to responder"),
        ],
        _ => [],
    };

    private static string Line(string name, Secret key, string formula) => $"{name,-9} {Convert.ToHexStringLower(key.Reveal())}  {formula}";
}
