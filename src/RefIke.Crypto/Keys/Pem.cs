using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace RefIke.Crypto.Keys;

/// <summary>
/// The text form of certificates, CRLs and keys (RFC 4945 §6, RFC 7468): any line length and line end, white space
/// around lines.
/// </summary>
public static class Pem
{
    /// <summary>The first block with one of these labels (<c>CERTIFICATE</c>, <c>PUBLIC KEY</c>, …).</summary>
    public static bool TryRead(
        ReadOnlySpan<char> text, ReadOnlySpan<string> labels, [NotNullWhen(true)] out byte[]? der,
        [NotNullWhen(true)] out string? label)
    {
        while (PemEncoding.TryFind(text, out var block))
        {
            label = text[block.Label].ToString();
            if (labels.Contains(label))
            {
                der = new byte[block.DecodedDataLength];
                return Convert.TryFromBase64Chars(text[block.Base64Data], der, out _);
            }

            text = text[block.Location.End..];
        }

        (der, label) = (null, null);
        return false;
    }

    /// <summary>Every block with this label, in the order in which they stand.</summary>
    public static IReadOnlyList<byte[]> ReadAll(ReadOnlySpan<char> text, string label)
    {
        var blocks = new List<byte[]>();
        while (PemEncoding.TryFind(text, out var block))
        {
            var der = new byte[block.DecodedDataLength];
            if (text[block.Label].SequenceEqual(label)
                && Convert.TryFromBase64Chars(text[block.Base64Data], der, out _))
            {
                blocks.Add(der);
            }

            text = text[block.Location.End..];
        }

        return blocks;
    }

    /// <summary>The text of one block, lines of 64 characters.</summary>
    public static string Write(string label, ReadOnlySpan<byte> der) => PemEncoding.WriteString(label, der) + "\n";
}
