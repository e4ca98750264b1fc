using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Vectors;

/// <summary>
/// Phase 1's values. The private values are absent where nobody recorded them. HASH_I and HASH_R are there with
/// signatures too, as what is signed.
/// </summary>
/// <param name="Method">What was agreed on: with XAUTH the number that announces it.</param>
/// <param name="LastBlock">
/// From which phase 2's IVs come: the last ciphertext block, or the first IV where nothing of phase 1 was encrypted.
/// </param>
internal sealed record Phase1Values(
    string Suite, AuthenticationMethod Method, ulong LifeSeconds, Octets CKY_I, Octets CKY_R, Octets SAi_b, Octets? xi,
    Octets? xr, Octets g_xi, Octets g_xr, Octets g_xy, Octets Ni_b, Octets Nr_b,
    Octets SKEYID, Octets SKEYID_d, Octets SKEYID_a, Octets SKEYID_e, Octets Ka,
    Octets IDii_b, Octets HASH_I, Octets IDir_b, Octets HASH_R, Octets Iv, Octets LastBlock)
{
    /// <summary>The initiator's signature over HASH_I.</summary>
    public Octets? SIG_I { get; init; }

    /// <summary>The responder's signature over HASH_R.</summary>
    public Octets? SIG_R { get; init; }

    /// <summary>The hash of the certificate that the initiator encrypts to (RFC 2409 §5.2).</summary>
    public Octets? HASH_1 { get; init; }

    /// <summary>prf(Ni_b, CKY-I) (RFC 2409 §5.3).</summary>
    public Octets? Ne_i { get; init; }

    /// <summary>The key of what follows the initiator's nonce.</summary>
    public Octets? Ke_i { get; init; }

    /// <summary>prf(Nr_b, CKY-R).</summary>
    public Octets? Ne_r { get; init; }

    /// <summary>The key of what follows the responder's nonce.</summary>
    public Octets? Ke_r { get; init; }

    /// <summary>Payload bodies that are encrypted each by itself (RFC 2409 §5.2, §5.3), in the order sent.</summary>
    public ImmutableArray<EncryptedBody>? EncryptedBodies { get; init; }
}

/// <summary>A payload's body under public key encryption.</summary>
/// <param name="Message">The number of the message that has it.</param>
/// <param name="Key">PubKey_r, PubKey_i, Ke_i or Ke_r.</param>
/// <param name="Iv">With Ke_i and Ke_r.</param>
internal sealed record EncryptedBody(
    int Message, string Payload, string Key, Octets? Iv, Octets Body, Octets Ciphertext);
