using System.Formats.Asn1;
using Org.BouncyCastle.Math;

namespace RefIke.Crypto.Keys;

/// <summary>Reading and writing DER. Whatever is not DER, to the last octet, reads as null; nothing throws.</summary>
internal static class Der
{
    /// <summary>Reads one value and demands that nothing follows it.</summary>
    public static T? Read<T>(ReadOnlyMemory<byte> octets, Func<AsnReader, T?> read)
        where T : class
    {
        try
        {
            var reader = new AsnReader(octets, AsnEncodingRules.DER);
            var value = read(reader);
            reader.ThrowIfNotEmpty();
            return value;
        }
        catch (AsnContentException)
        {
            return null;
        }
    }

    /// <summary>The next INTEGER, of either sign.</summary>
    public static BigInteger Number(AsnReader reader) => new(reader.ReadIntegerBytes().ToArray());

    /// <summary>The next BIT STRING, of whole octets.</summary>
    public static byte[] Bits(AsnReader reader)
    {
        var bits = reader.ReadBitString(out var unused);
        return unused == 0 ? bits : throw new AsnContentException("a bit string of odd bits");
    }

    /// <summary>
    /// An AlgorithmIdentifier: the algorithm and the parameters as encoded, null where there are none.
    /// </summary>
    public static (string Algorithm, ReadOnlyMemory<byte>? Parameters) Algorithm(AsnReader reader)
    {
        var sequence = reader.ReadSequence();
        var algorithm = sequence.ReadObjectIdentifier();
        var parameters = sequence.HasData ? new ReadOnlyMemory<byte>?(sequence.ReadEncodedValue()) : null;
        sequence.ThrowIfNotEmpty();
        return (algorithm, parameters);
    }

    /// <summary>Whether a value is DER all the way down and nested no deeper than this.</summary>
    public static bool IsShallow(ReadOnlyMemory<byte> octets, int deepest)
    {
        try
        {
            return IsShallow(new AsnReader(octets, AsnEncodingRules.DER), deepest);
        }
        catch (AsnContentException)
        {
            return false;
        }
    }

    /// <summary>What <paramref name="write"/> writes, as DER.</summary>
    public static byte[] Write(Action<AsnWriter> write)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        write(writer);
        return writer.Encode();
    }

    /// <summary>Writes an INTEGER.</summary>
    public static void WriteNumber(this AsnWriter writer, BigInteger number)
        => writer.WriteInteger(number.ToByteArray());

    /// <summary>A number as so many octets, leading zeros kept.</summary>
    public static byte[] Octets(BigInteger number, int length)
    {
        var octets = number.ToByteArrayUnsigned();
        var result = new byte[length];
        octets.CopyTo(result, length - octets.Length);
        return result;
    }

    private static bool IsShallow(AsnReader reader, int deepest)
    {
        while (reader.HasData)
        {
            if (!reader.PeekTag().IsConstructed)
            {
                _ = reader.ReadEncodedValue();
            }
            else if (deepest == 0
                || !IsShallow(new AsnReader(reader.PeekContentBytes(), AsnEncodingRules.DER), deepest - 1))
            {
                return false;
            }
            else
            {
                _ = reader.ReadEncodedValue();
            }
        }

        return true;
    }
}
