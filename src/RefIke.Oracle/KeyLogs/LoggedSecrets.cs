using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Oracle.KeyLogs;

/// <summary>What an implementation logged of one phase 1 exchange; absent where it does not log it.</summary>
/// <param name="CKY_I">The initiator's cookie, where the log says it.</param>
/// <param name="Iv">The first IV of phase 1, where the log says it: from it the exchange is known.</param>
internal sealed record LoggedSecrets(
    Octets? CKY_I, Octets? g_xy, Octets? SKEYID, Octets? SKEYID_d, Octets? SKEYID_a, Octets? SKEYID_e, Octets Ka,
    Octets? Iv)
{
    /// <summary>Whose they are; null where the log does not say it: then of the side whose log it is.</summary>
    public Role? Role { get; init; }
}

/// <summary>KEYMAT of one IPsec SA (RFC 2409 §5.5), by the SPI of who receives on it.</summary>
/// <param name="g_qm_xy">The Quick Mode's own shared secret, where it has one and the log says it.</param>
internal sealed record LoggedKeymat(Octets Spi, Octets Keymat, Octets? g_qm_xy);

/// <summary>A shared secret with the public value of the peer for which it was computed.</summary>
internal sealed record LoggedAgreement(Octets Peer, Octets g_xy);
