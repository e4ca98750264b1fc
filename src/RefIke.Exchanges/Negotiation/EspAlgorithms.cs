using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Negotiation;

/// <summary>An ESP cipher: its transform id and key length (RFC 2407 §4.4.4, §4.5).</summary>
/// <param name="KeyOctets">Octets of KEYMAT that it takes.</param>
/// <param name="KeyBits">The Key Length attribute, or null for ciphers of fixed length.</param>
/// <param name="Cipher">What computes it, or null for NULL.</param>
public sealed record EspCipher(string Name, EspTransform Transform, int KeyOctets, ushort? KeyBits, Cipher? Cipher);

/// <summary>An ESP authentication algorithm and the octets of KEYMAT that it takes (RFC 2407 §4.5, RFC 4868).</summary>
public sealed record EspAuthentication(string Name, AuthenticationAlgorithm Algorithm, int KeyOctets);

/// <summary>
/// The ESP algorithms spoken, all that RFC 2407 and its successors give a key length for: IKE hands out KEYMAT and
/// never runs them. Most are obsolete, DES and MD5 broken; which of them a policy names is the user's choice.
/// </summary>
public static class EspAlgorithms
{
    /// <summary>
    /// Ciphers, one for each key length. In phase 2 no key length has a default (RFC 2407 §4.5), though RFC 2451 §2.2
    /// lists some: a variable cipher without the attribute is refused, and so is a fixed one with it.
    /// </summary>
    [Clause("2407-4.4.4-01")]
    [Clause("2407-4.5-05")]
    public static ImmutableArray<EspCipher> Ciphers { get; } =
    [
        .. Of("desiv64", EspTransform.DesIv64, CipherFamily.Des),
        .. Of("des", EspTransform.Des, CipherFamily.Des),
        .. Of("3des", EspTransform.TripleDes, CipherFamily.TripleDes),
        .. Of("rc5_", EspTransform.Rc5, CipherFamily.Rc5),
        .. Of("idea", EspTransform.Idea, CipherFamily.Idea),
        .. Of("cast", EspTransform.Cast, CipherFamily.Cast),
        .. Of("blowfish", EspTransform.Blowfish, CipherFamily.Blowfish),
        .. Of("desiv32", EspTransform.DesIv32, CipherFamily.Des),
        new("null", EspTransform.Null, 0, null, null),
        .. Of("aes", EspTransform.AesCbc, CipherFamily.Aes),
        .. Of("camellia", EspTransform.CamelliaCbc, CipherFamily.Camellia),
    ];

    /// <summary>
    /// Authentication algorithms; each is demanded, ESP without one is not offered (D-119). DES-MAC has no document
    /// beyond its name; its key is a DES key. KPDK is not here: keyed MD5 of RFC 1828 takes a key of any length.
    /// </summary>
    public static ImmutableArray<EspAuthentication> Authentications { get; } =
    [
        new("md5", AuthenticationAlgorithm.HmacMd5, 16),
        new("sha1", AuthenticationAlgorithm.HmacSha, 20),
        new("desmac", AuthenticationAlgorithm.DesMac, 8),
        new("sha256", AuthenticationAlgorithm.HmacSha256, 32),
        new("sha384", AuthenticationAlgorithm.HmacSha384, 48),
        new("sha512", AuthenticationAlgorithm.HmacSha512, 64),
        new("aesxcbc", AuthenticationAlgorithm.AesXcbcMac, 16),
    ];

    /// <summary>
    /// The ciphers worth naming to a user: of a family with many key lengths the popular ones (RFC 2451 §2.2).
    /// </summary>
    public static IEnumerable<string> CipherNames => Ciphers
        .Where(c => c.Cipher is null || c.Cipher.Family.PopularKeyBits.Contains(8 * c.KeyOctets)).Select(c => c.Name);

    /// <summary>The names of all authentication algorithms spoken.</summary>
    public static IEnumerable<string> AuthenticationNames => Authentications.Select(a => a.Name);

    /// <summary>The cipher that a transform id and Key Length stand for, or why there is none.</summary>
    [Clause("2407-4.5-06")]
    [Clause("2407-4.5-07")]
    internal static EspCipher? Cipher(byte transform, ulong? keyBits, out string why)
    {
        var ofTransform = Ciphers.Where(c => (byte)c.Transform == transform).ToArray();
        var found = Array.Find(ofTransform, c => c.KeyBits == keyBits);
        why = found is not null ? "" : (EspTransform)transform switch
        {
            EspTransform.TripleIdea => "ESP_3IDEA is a reserved number: no RFC defines it (RFC 2407 §4.4.4.8)",
            EspTransform.Rc4 => "ESP_RC4 is a reserved number: no RFC defines it (RFC 2407 §4.4.4.10)",
            _ when ofTransform.Length == 0 => $"ESP transform {transform} is not spoken",
            _ when ofTransform[0].KeyBits is null =>
                $"{ofTransform[0].Name} has a fixed key: Key Length must not be there (RFC 2407 §4.5)",
            _ when keyBits is null =>
                $"ESP transform {transform} needs a Key Length: there is no default (RFC 2407 §4.5)",
            _ => $"ESP transform {transform} has no keys of {keyBits} bits",
        };
        return found;
    }

    /// <summary>The algorithm that an Authentication Algorithm attribute stands for, or why there is none.</summary>
    internal static EspAuthentication? Authentication(ulong? number, out string why)
    {
        var found = Authentications.FirstOrDefault(a => (ushort)a.Algorithm == number);
        why = found is not null ? ""
            : number is null ? "ESP without an authentication algorithm is not spoken (D-119)"
            : number == (ushort)AuthenticationAlgorithm.Kpdk
                ? "KPDK is not spoken: no RFC says how much KEYMAT it takes"
            : $"authentication algorithm {number} is not spoken";
        return found;
    }

    private static IEnumerable<EspCipher> Of(string name, EspTransform transform, CipherFamily family)
        => family.KeyBits.Select(bits => family.IsVariable
            ? new EspCipher($"{name}{bits}", transform, bits / 8, (ushort)bits, family.With(bits))
            : new EspCipher(name, transform, bits / 8, null, family.With(bits)));
}
