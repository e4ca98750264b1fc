using System.Collections.Immutable;
using RefIke.Exchanges.Phase1;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.Xauth;

/// <summary>
/// XAUTH's vendor id (draft-beaulieu-ike-xauth-02 §4), sent where the exchange's authentication method announces XAUTH. The peer's is
/// not waited for: the method that it offers or chooses says the same and is covered by HASH_I, which vendor ids are not.
/// </summary>
public sealed class XauthVendorId : IProfile
{
    /// <inheritdoc/>
    [Clause("xauth-4-01")]
    public ImmutableArray<Payload> Extra(int number, Phase1State phase1)
        => number is 1 or 2 && XauthMethods.Announces(phase1.Method) ? [VendorIds.Xauth.Payload] : [];
}
