using RefIke.Wire;
using static RefIke.Wire.AuthenticationMethod;

namespace RefIke.Exchanges.Profiles.Xauth;

/// <summary>
/// The authentication methods that announce XAUTH (draft-beaulieu-ike-xauth-02 §7.2) and hybrid authentication
/// (draft-zegman-ike-hybrid-auth-01 §3.2.1). Init and Resp say who is asked for a user: the initiator or the responder of phase 1 (D-76).
/// </summary>
public static class XauthMethods
{
    private static readonly (AuthenticationMethod Alone, AuthenticationMethod Init, AuthenticationMethod Resp)[] WithXauth =
    [
        (PreSharedKey, XauthInitPreShared, XauthRespPreShared),
        (DssSignatures, XauthInitDss, XauthRespDss),
        (RsaSignatures, XauthInitRsa, XauthRespRsa),
        (RsaEncryption, XauthInitRsaEncryption, XauthRespRsaEncryption),
        (RevisedRsaEncryption, XauthInitRevisedRsaEncryption, XauthRespRevisedRsaEncryption),
    ];

    private static readonly (AuthenticationMethod Alone, AuthenticationMethod Init, AuthenticationMethod Resp)[] OfHybrid =
    [
        (RsaSignatures, HybridInitRsa, HybridRespRsa),
        (DssSignatures, HybridInitDss, HybridRespDss),
    ];

    /// <summary>The method that stands for another one and XAUTH; null where there is none.</summary>
    /// <param name="own">Which side of phase 1 this endpoint plays.</param>
    [Clause("xauth-7.2-01")]
    [Clause("hybrid-5-01")]
    public static AuthenticationMethod? Of(AuthenticationMethod alone, XauthPolicy policy, Role own)
    {
        var hostInitiates = (own == Role.Initiator) == policy is XauthPolicy.IpsecHost;
        foreach (var (a, init, resp) in policy.Hybrid ? OfHybrid : WithXauth)
        {
            if (a == alone)
            {
                return hostInitiates ? init : resp;
            }
        }

        return null;
    }

    /// <summary>
    /// What phase 1 does for a method, its SKEYID too (D-104): that which it stands for, with hybrid authentication the
    /// edge device's; else itself.
    /// </summary>
    public static AuthenticationMethod Alone(AuthenticationMethod method)
    {
        foreach (var (alone, init, resp) in WithXauth.Concat(OfHybrid))
        {
            if (method == init || method == resp)
            {
                return alone;
            }
        }

        return method;
    }

    /// <summary>Both numbers that stand for a method and XAUTH.</summary>
    public static AuthenticationMethod[] Announcing(AuthenticationMethod alone)
        => [.. WithXauth.Where(m => m.Alone == alone).SelectMany(m => new[] { m.Init, m.Resp })];

    /// <summary>Whether a method announces XAUTH, with or without hybrid authentication.</summary>
    public static bool Announces(AuthenticationMethod method) => Alone(method) != method;
}
