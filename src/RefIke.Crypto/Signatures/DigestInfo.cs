using RefIke.Crypto.Keys;

namespace RefIke.Crypto.Signatures;

/// <summary>
/// The hash with its OID that X.509 signs (RFC 8017 §9.2) and that RFC 2409 §5.1 does not: made for certificates,
/// recognised in a SIG to name the fault.
/// </summary>
internal static class DigestInfo
{
    /// <summary>DigestInfo with the NULL parameters that RFC 8017 §A.2.4 demands.</summary>
    public static byte[] Of(string hashOid, ReadOnlySpan<byte> hash)
    {
        var octets = hash.ToArray();
        return Der.Write(writer =>
        {
            using (writer.PushSequence())
            {
                using (writer.PushSequence())
                {
                    writer.WriteObjectIdentifier(hashOid);
                    writer.WriteNull();
                }

                writer.WriteOctetString(octets);
            }
        });
    }

    /// <summary>Whether these octets are a DigestInfo, of whatever hash, with this hash in it.</summary>
    public static bool IsOver(ReadOnlyMemory<byte> octets, ReadOnlySpan<byte> hash)
    {
        var found = Der.Read(octets, reader =>
        {
            var sequence = reader.ReadSequence();
            _ = Der.Algorithm(sequence);
            var digest = sequence.ReadOctetString();
            sequence.ThrowIfNotEmpty();
            return digest;
        });
        return found is not null && hash.SequenceEqual(found);
    }
}
