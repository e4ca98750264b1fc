namespace RefIke.Crypto;

/// <summary>Ka, the key that protects an ISAKMP SA's messages (RFC 2409 App. B).</summary>
internal static class CipherKeys
{
    /// <summary>
    /// The first octets of SKEYID_e, or where it is too short of Ka = K1 | K2 | …, K1 = prf(SKEYID_e, 0), Kn =
    /// prf(SKEYID_e, Kn-1) (D-26). For DES the first eight octets that are no weak key; App. B tests no other cipher's
    /// keys,
    /// and a weak one is the caller's to refuse (<see cref="Cipher.IsWeakKey"/>, D-219).
    /// </summary>
    public static Secret Ka(Prf prf, Secret SKEYID_e, Cipher cipher)
    {
        var material = SKEYID_e.Length >= cipher.KeyLength ? SKEYID_e.Reveal().ToArray() : Expand(prf, SKEYID_e, cipher.KeyLength);
        if (cipher != Cipher.Des)
        {
            return Secret.Of(material.AsSpan(0, cipher.KeyLength));
        }

        for (var at = 0; at + 8 <= material.Length; at += 8)
        {
            if (!WeakKeys.IsWeak(material.AsSpan(at, 8)))
            {
                return Secret.Of(material.AsSpan(at, 8));
            }
        }

        return Ka(prf, Secret.Of(Expand(prf, SKEYID_e, 64)), cipher);
    }

    private static byte[] Expand(Prf prf, Secret SKEYID_e, int length)
    {
        var result = new List<byte>();
        byte[] k = [0];
        while (result.Count < length)
        {
            k = prf.Compute(SKEYID_e.Reveal(), k);
            result.AddRange(k);
        }

        return [.. result];
    }
}
