namespace RefIke.Wire;

/// <summary>A level and a bitmap of categories, for secrecy or for integrity (RFC 2407 §4.6.1).</summary>
/// <param name="Level">The level, without its padding.</param>
/// <param name="CategoryBits">How many bits the bitmap has.</param>
/// <param name="Categories">The bitmap without its padding: as many octets as the bits need.</param>
public sealed record SensitivityLabel(Octets Level, ushort CategoryBits, Octets Categories)
{
    internal byte[] Encode() => [.. Encode(Level.Length, Level), .. Encode(CategoryBits, Categories)];

    internal static SensitivityLabel? Read(Body body, ref int at, out Malformed? malformed)
        => TryPart(body, ref at, bitsPerUnit: 8, out _, out var level, out malformed)
            && TryPart(body, ref at, bitsPerUnit: 1, out var bits, out var categories, out malformed)
            ? new SensitivityLabel(level, bits, categories)
            : null;

    private static byte[] Encode(int length, Octets value)
        => [(byte)(length >> 8), (byte)(length & 0xff), 0, 0, .. value.Span, .. new byte[Padding(value.Length)]];

    /// <summary>
    /// A length in octets or in bits, two reserved octets, and the value filled up with zeros to four octets.
    /// </summary>
    [Clause("2407-4.6.1-02")]
    [Clause("2407-4.6.1-01")]
    private static bool TryPart(
        Body body, ref int at, int bitsPerUnit, out ushort length, out Octets value, out Malformed? malformed)
    {
        (length, value) = (0, default);
        if (body.Length - at < 4)
        {
            malformed = body.Bad(Defect.LabelHeader, at, $"{body.Length - at} octets are no length of a label");
            return false;
        }

        length = body.U16(at);
        var octets = ((length * bitsPerUnit) + 7) / 8;
        var start = at + 4;
        var end = start + octets + Padding(octets);
        malformed = body.U16(at + 2) != 0 ? body.Bad(Defect.LabelReserved, at + 2, $"RESERVED is {body.U16(at + 2):x4}")
            : end > body.Length
                ? body.Bad(Defect.LabelLength, at, $"{octets} octets, filled up, where {body.Length - start} are left")
            : body.Part(start + octets, Padding(octets)).Span.IndexOfAnyExcept((byte)0) >= 0
                ? body.Bad(Defect.LabelPadding, start + octets, "not filled up with zeros")
            : null;
        if (malformed is not null)
        {
            return false;
        }

        (at, value) = (end, body.Part(start, octets));
        return true;
    }

    /// <summary>Octets up to the next multiple of four.</summary>
    private static int Padding(int octets) => (4 - (octets % 4)) % 4;
}
