using RefIke.Crypto;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.Xauth;

/// <summary>
/// What a connection does about XAUTH (draft-beaulieu-ike-xauth-02): the edge device asks after phase 1, whichever side began it, and
/// the IPsec host answers. Until the user is authenticated nothing but Informational exchanges is spoken (§6).
/// </summary>
/// <param name="Hybrid">
/// Whether the edge device alone proves itself in phase 1, with a signature, and the user by XAUTH only
/// (draft-zegman-ike-hybrid-auth-01).
/// </param>
public abstract record XauthPolicy(bool Hybrid)
{
    /// <summary>This side asks for the user.</summary>
    /// <param name="Users">Who is let in.</param>
    /// <param name="Type">Generic, or RADIUS-CHAP; no other is spoken.</param>
    public sealed record EdgeDevice(IUserVerifier Users, XauthType Type = XauthType.Generic, bool Hybrid = false) : XauthPolicy(Hybrid);

    /// <summary>This side is the user's.</summary>
    /// <param name="User">The user name, as it is sent.</param>
    public sealed record IpsecHost(Octets User, Secret Password, bool Hybrid = false) : XauthPolicy(Hybrid);
}

/// <summary>What a user said to prove who he is.</summary>
/// <param name="Type">Generic or RADIUS-CHAP.</param>
/// <param name="Challenge">The challenge sent; empty for Generic.</param>
/// <param name="Password">The password; for RADIUS-CHAP an identifier octet and MD5(identifier | password | challenge).</param>
public sealed record XauthCredentials(XauthType Type, Octets User, Octets Password, Octets Challenge);

/// <summary>Who says whether a user is who he says: a function, with no memory.</summary>
public interface IUserVerifier
{
    /// <summary>Whether the credentials are right; takes as long for a wrong one as for a right one.</summary>
    bool Verify(XauthCredentials credentials);
}
