using RefIke.Wire;

namespace RefIke.Vectors.Making.Recipes;

/// <summary>Every cipher, hash and group of RFC 2409 App. A and its successors that the others do not have.</summary>
internal static class AlgorithmRecipes
{
    private static readonly (string Suite, string Esp, string Words)[] Ciphers =
    [
        ("idea-md5-modp1024", "idea-md5", "IDEA with keys of 128 bits."),
        ("blowfish128-sha1-modp1024", "blowfish128-sha1", "Blowfish with the key length that App. B has by default."),
        ("blowfish448-sha1-modp1536", "blowfish448-sha1", "Blowfish with its longest key: Ka is K1 | K2 | K3."),
        ("rc5_128-tiger-modp1024", "rc5_128-sha1", "RC5 with 16 rounds and blocks of 64 bits; Tiger as hash and prf."),
        ("rc5_40-md5-modp768", "rc5_40-md5", "RC5 with its shortest key."),
        ("cast128-sha1-modp1024", "cast128-sha1", "CAST with 16 rounds."),
        ("cast40-sha1-modp1024", "cast40-md5", "CAST with a short key has 12 rounds."),
        ("camellia128-sha256-modp2048", "camellia128-sha256", "Camellia (RFC 4312)."),
        ("camellia192-sha384-modp2048", "camellia192-sha384", "Camellia with 192 bits."),
        ("camellia256-sha1-modp2048", "camellia256-sha1", "Camellia with 256 bits: Ka is expanded."),
        ("3des-tiger-modp1024", "3des-sha1", "Tiger's 24 octets are 3DES's key as they are."),
        ("des-sha1-ec2n155", "desiv64-desmac", "DES-CBC with an IV of 64 bits in ESP, and DES-MAC."),
        ("aes128-sha256-ecp256", "aes128-aesxcbc", "AES-XCBC-MAC in ESP."),
        ("aes256-sha512-ecp384", "des-sha512", "DES under a prf of 64 octets: KEYMAT is K1 | K2."),
    ];

    private static readonly string[] Groups =
    [
        "modp768", "modp1024", "ec2n155", "ec2n185", "modp1536", "modp2048", "modp3072", "modp4096", "modp6144",
        "modp8192", "ecp256", "ecp384", "ecp521", "modp1024s160", "modp2048s224", "modp2048s256", "ecp192", "ecp224",
        "brainpool224", "brainpool256", "brainpool384", "brainpool512",
    ];

    public static Recipe[] All { get; } =
    [
        .. Ciphers.Select((c, i) => new Recipe($"refike-{c.Suite.Replace('_', '-')}", c.Words, (ulong)(2000 + i),
            Given.Inputs(c.Suite, c.Esp), Given.Connect)),
        .. Groups.Select((g, i) => new Recipe($"refike-group-{g}",
            $"The group {g} in phase 1 and for PFS.", (ulong)(2100 + i),
            Given.Inputs($"aes128-sha256-{g}", $"aes128-sha256-{g}"), Given.Connect)),
        .. new[] { "ipv4-subnet", "ipv4-range", "ipv6-subnet", "ipv6-range", "dn", "gn", "key-id" }.Select((id, i)
            => new Recipe($"refike-identity-{id}", $"Identities of type {id} in phase 1 (RFC 2407 §4.6.2).",
                (ulong)(2200 + i),
                Given.Inputs("aes128-sha256-ecp256", "aes128-sha256")
                    .By(AuthenticationMethod.PreSharedKey, ExchangeType.Aggressive).Identified(id), Given.Connect)),
    ];
}
