using Org.BouncyCastle.Asn1;
using Org.BouncyCastle.Asn1.X509;
using Org.BouncyCastle.Pkix;

namespace RefIke.Crypto.Certificates;

/// <summary>
/// What the CAs of a chain may certify, gathered from the anchor down (RFC 5280 §6.1.3 b, c; §6.1.4 g). The comparing
/// of names is BouncyCastle's.
/// </summary>
internal sealed class NameConstraints
{
    private const int DeepestNesting = 16;

    private readonly PkixNameConstraintValidator validator = new();
    private bool isConstrained;

    /// <summary>Null where the subject and every alternative name may be certified.</summary>
    public CryptoFault? Check(Certificate certificate)
        => isConstrained
            ? Guard(certificate, [.. certificate.Extensions.Names.Select(n => n.Encoded)], () => CheckNames(certificate))
            : null;

    /// <summary>Takes in the constraints of a CA; a fault where they cannot be understood.</summary>
    public CryptoFault? Add(Certificate ca)
    {
        if (ca.Extensions.Permitted is not { } encoded)
        {
            return null;
        }

        isConstrained = true;
        return Guard(ca, [encoded], () =>
        {
            var constraints = Org.BouncyCastle.Asn1.X509.NameConstraints.GetInstance(
                Asn1Object.FromByteArray(encoded.ToArray()));
            if (constraints.PermittedSubtreesValue is { } permitted)
            {
                validator.IntersectPermittedSubtree(permitted.Elements);
            }

            foreach (var subtree in constraints.ExcludedSubtreesValue?.GetElements() ?? [])
            {
                validator.AddExcludedSubtree(subtree);
            }
        });
    }

    private void CheckNames(Certificate certificate)
    {
        if (!certificate.Subject.IsEmpty)
        {
            var name = Asn1Sequence.GetInstance(Asn1Object.FromByteArray(certificate.Subject.Der.ToArray()));
            validator.CheckPermittedDN(name);
            validator.CheckExcludedDN(name);
        }

        foreach (var alternative in certificate.Extensions.Names)
        {
            var name = GeneralName.GetInstance(Asn1Object.FromByteArray(alternative.Encoded.ToArray()));
            validator.CheckPermittedName(name);
            validator.CheckExcludedName(name);
        }

        foreach (var (_, address) in certificate.Subject.Attributes.Where(attribute => attribute.Type == "E"))
        {
            validator.CheckPermittedEmail(address);
            validator.CheckExcludedEmail(address);
        }
    }

    /// <summary>
    /// The library reports what it refuses, and what it cannot read, by exceptions of many types: here all of them
    /// become one fault. Deep nesting is refused before, since no exception saves from a full stack.
    /// </summary>
    private static CryptoFault.NameConstraint? Guard(
        Certificate certificate, IEnumerable<ReadOnlyMemory<byte>> values, Action check)
    {
        if (!values.All(value => Keys.Der.IsShallow(value, DeepestNesting)))
        {
            return new CryptoFault.NameConstraint($"{certificate.Subject}", "names that are no DER or nested too deep");
        }

        try
        {
            check();
            return null;
        }
        catch (Exception refused) when (refused is not OutOfMemoryException)
        {
            return new CryptoFault.NameConstraint(
                $"{certificate.Subject}", DistinguishedName.Printable(refused.Message));
        }
    }
}
