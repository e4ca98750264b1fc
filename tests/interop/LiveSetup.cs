namespace RefIke.Interop;

/// <summary>What a live case is about: how both daemons are configured, and what is left as it always is.</summary>
internal sealed record LiveSetup
{
    public const string Psk = "refike-psk";

    /// <summary>RefIke's suite of phase 1, in the configuration's and in strongSwan's words.</summary>
    public string Phase1 { get; init; } = "aes128-sha1-modp1024";

    public string Esp { get; init; } = "aes128-sha1";

    /// <summary>The peer's suites where they are others.</summary>
    public string? PeerPhase1 { get; init; }

    public string? PeerEsp { get; init; }

    public string PeerSecret { get; init; } = Psk;

    /// <summary><c>psk</c>, or a method with certificates as RefIke's configuration names it.</summary>
    public string Auth { get; init; } = "psk";

    /// <summary>Another authority than RefIke trusts, for the peer's certificate.</summary>
    public string PeerAuthority { get; init; } = "ca";

    public bool IsAggressive { get; init; }

    /// <summary>Whether the peer is behind a NAT.</summary>
    public bool IsBehindNat { get; init; }

    /// <summary>With certificates: whether the identity is the subject, or the name in SubjectAltName.</summary>
    public bool IsNamedBySubject { get; init; }

    /// <summary>Children, one or two; the n-th is of the n-th address behind each host.</summary>
    public int Children { get; init; } = 1;

    /// <summary>Further lines of RefIke's [[connection]].</summary>
    public string RefikeKeys { get; init; } = "";

    /// <summary>Further lines of strongSwan's connection.</summary>
    public string PeerKeys { get; init; } = "";

    /// <summary>Further lines of strongswan.conf.</summary>
    public string PeerSettings { get; init; } = "";

    /// <summary>Further options of the command line.</summary>
    public string[] Options { get; init; } = [];

    /// <summary>RefIke's retransmissions.</summary>
    public int Tries { get; init; } = 3;

    public bool HasCertificates => Auth != "psk";

    /// <summary>Mode and method, for the table.</summary>
    public string Method => $"{(IsAggressive ? "aggressive" : "main")} {Auth}";

    /// <summary>Where RefIke sees the peer.</summary>
    public string PeerAddress => IsBehindNat ? Network.AddressOfNat : Network.AddressB;

    public string RefikeId => !HasCertificates ? Network.AddressA : IsNamedBySubject ? $"dn:{TestAuthority.SubjectA}" : TestAuthority.NameA;

    public string PeerId => !HasCertificates ? Network.AddressB : IsNamedBySubject ? $"dn:{TestAuthority.SubjectB}" : TestAuthority.NameB;
}
