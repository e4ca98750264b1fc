using System.Collections.Immutable;
using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.Xauth;

/// <summary>Users and their passwords. An unknown user costs the same comparison as a known one.</summary>
public sealed class UserTable(ImmutableDictionary<Octets, Secret> users) : IUserVerifier
{
    private static readonly Secret Nobody = Secret.Of("nobody has this password"u8);

    /// <inheritdoc/>
    [Clause("xauth-6.2-02")]
    public bool Verify(XauthCredentials credentials)
    {
        var known = users.TryGetValue(credentials.User, out var password);
        password ??= Nobody;
        var hash = HashFunction.Sha256;
        var (expected, given) = credentials.Type == XauthType.RadiusChap
            ? (Chap.Response(credentials.Password.Length > 0 ? credentials.Password.Span[0] : (byte)0, password, credentials.Challenge),
                credentials.Password.ToArray())
            : (password.Reveal().ToArray(), credentials.Password.ToArray());

        // Of hashes, so that the time does not tell how long the password is.
        return ConstantTime.Equal(hash.Compute(expected), hash.Compute(given)) && known;
    }
}
