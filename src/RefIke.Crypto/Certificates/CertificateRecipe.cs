namespace RefIke.Crypto.Certificates;

/// <summary>
/// What a certificate is to say. What is left out is not in it, so that faulty certificates can be made as well as good
/// ones.
/// </summary>
public sealed record CertificateRecipe
{
    /// <summary>The subject as text (<see cref="DistinguishedName.TryParse"/>); empty for an empty subject.</summary>
    public required string Subject { get; init; }

    /// <summary>First valid second since 1970.</summary>
    public required long NotBefore { get; init; }

    /// <summary>Last valid second since 1970.</summary>
    public required long NotAfter { get; init; }

    /// <summary>The serial number.</summary>
    public long SerialNumber { get; init; } = 1;

    /// <summary>The SubjectAltName extension, critical where the subject is empty (RFC 5280 §4.2.1.6).</summary>
    public IReadOnlyList<AlternativeName> AlternativeNames { get; init; } = [];

    /// <summary>The KeyUsage extension, critical.</summary>
    public KeyUsages? KeyUsages { get; init; }

    /// <summary>BasicConstraints with cA, critical.</summary>
    public bool IsCa { get; init; }

    /// <summary>pathLenConstraint, for a CA.</summary>
    public int? PathLength { get; init; }

    /// <summary>OIDs of the ExtendedKeyUsage extension.</summary>
    public IReadOnlyList<string> ExtendedKeyUsage { get; init; } = [];

    /// <summary>Further extensions, their values as DER.</summary>
    public IReadOnlyList<(string Oid, bool Critical, byte[] Value)> OtherExtensions { get; init; } = [];

    /// <summary>1 makes a certificate without any extension.</summary>
    public int Version { get; init; } = 3;
}
