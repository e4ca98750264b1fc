using System.Buffers.Binary;

namespace RefIke.Wire;

/// <summary>
/// What follows the situation where it asks for secrecy or integrity (RFC 2407 §4.6.1). It is read and written, and no
/// label is ever acted on: a responder without labels refuses the situation (RFC 2407 §4.2.2, §4.2.3; D-80).
/// </summary>
/// <param name="Domain">The labeled domain identifier; RFC 2407 §4.6.1.1 assigns none.</param>
/// <param name="Secrecy">There exactly where the situation has SIT_SECRECY.</param>
/// <param name="Integrity">There exactly where the situation has SIT_INTEGRITY.</param>
public sealed record SituationLabels(uint Domain, SensitivityLabel? Secrecy, SensitivityLabel? Integrity)
{
    /// <summary>Whether a situation is followed by labels.</summary>
    public static bool Follow(Situation situation) => (situation & (Situation.Secrecy | Situation.Integrity)) != 0;

    internal byte[] Encode()
    {
        var domain = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(domain, Domain);
        return [.. domain, .. Secrecy?.Encode() ?? [], .. Integrity?.Encode() ?? []];
    }

    [Clause("2407-4.6.1-02")]
    internal static SituationLabels? Read(Body body, Situation situation, ref int at, out Malformed? malformed)
    {
        if (body.Length - at < 4)
        {
            malformed = body.Bad(Defect.LabeledDomain, at,
                $"{body.Length - at} octets are no labeled domain identifier");
            return null;
        }

        malformed = null;
        var domain = body.U32(at);
        at += 4;
        var (hasSecrecy, hasIntegrity) = ((situation & Situation.Secrecy) != 0, (situation & Situation.Integrity) != 0);
        var secrecy = hasSecrecy ? SensitivityLabel.Read(body, ref at, out malformed) : null;
        if (malformed is not null)
        {
            return null;
        }

        var integrity = hasIntegrity ? SensitivityLabel.Read(body, ref at, out malformed) : null;
        return malformed is null ? new SituationLabels(domain, secrecy, integrity) : null;
    }
}
