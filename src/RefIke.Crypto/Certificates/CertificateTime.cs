using System.Formats.Asn1;

namespace RefIke.Crypto.Certificates;

// The platform's calendar types turn text into seconds and back here; no clock is read.
#pragma warning disable RS0030

/// <summary>
/// The times of certificates and CRLs as Unix seconds: UTCTime until 2049, GeneralizedTime after (RFC 5280 §4.1.2.5).
/// </summary>
internal static class CertificateTime
{
    private const int LastUtcTimeYear = 2049;

    private static readonly Asn1Tag Utc = new(UniversalTagNumber.UtcTime);
    private static readonly Asn1Tag Generalized = new(UniversalTagNumber.GeneralizedTime);

    /// <summary>Reads the next Time.</summary>
    public static long Read(AsnReader reader) => reader.PeekTag() == Utc
        ? reader.ReadUtcTime(LastUtcTimeYear).ToUnixTimeSeconds()
        : reader.ReadGeneralizedTime().ToUnixTimeSeconds();

    /// <summary>Whether a Time comes next.</summary>
    public static bool IsNext(AsnReader reader) => reader.HasData
        && (reader.PeekTag() == Utc || reader.PeekTag() == Generalized);

    /// <summary>Writes a Time.</summary>
    public static void Write(AsnWriter writer, long unixSeconds)
    {
        var time = DateTimeOffset.FromUnixTimeSeconds(unixSeconds);
        if (time.Year is >= 1950 and <= LastUtcTimeYear)
        {
            writer.WriteUtcTime(time, LastUtcTimeYear);
        }
        else
        {
            writer.WriteGeneralizedTime(time, omitFractionalSeconds: true);
        }
    }
}
