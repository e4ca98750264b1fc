using RefIke.Exchanges.Profiles.ModeConfig;
using RefIke.Wire;

namespace RefIke.Engine;

/// <summary>What an ISAKMP SA awaits between phase 1 and phase 2.</summary>
public enum AccessStep
{
    /// <summary>The user is not authenticated: the edge device has asked, or the host awaits the question or the verdict.</summary>
    Xauth,

    /// <summary>The host has no address yet: it has asked, or awaits a SET; or the edge device awaits the ACK of its SET.</summary>
    Configuration,

    /// <summary>Nothing: phase 2 may be spoken.</summary>
    Open,
}

/// <summary>XAUTH and Mode Config under one ISAKMP SA (draft-beaulieu-ike-xauth-02 §6, draft-dukes-ike-mode-cfg-02 §5.1; D-182).</summary>
/// <param name="Identifier">XAUTH's transaction identifier, the same in all its messages.</param>
/// <param name="Challenge">The challenge sent; empty but for RADIUS-CHAP.</param>
/// <param name="User">Who the user is, once let in; at the host the name that it sends.</param>
/// <param name="Assigned">What Mode Config has given, to the peer or to us.</param>
public sealed record RemoteAccess(AccessStep Step, ushort Identifier, Octets Challenge, Octets User, AssignedConfiguration? Assigned);

/// <summary>What a Transaction exchange of ours is for.</summary>
public enum TransactionPurpose
{
    /// <summary>The peer began it.</summary>
    Answering,

    /// <summary>The edge device asks for the user.</summary>
    XauthRequest,

    /// <summary>The edge device lets the user in.</summary>
    XauthStatus,

    /// <summary>The host asks for an address.</summary>
    ConfigurationRequest,

    /// <summary>The edge device sets one.</summary>
    ConfigurationSet,
}

/// <summary>A Transaction exchange, open or remembered.</summary>
/// <param name="Own">The cookie chosen here of the ISAKMP SA that protects it.</param>
public sealed record TransactionEntry(ulong Own, TransactionState State, TransactionPurpose Purpose)
{
    /// <summary>What is sent again.</summary>
    public Resending Resending { get; init; } = Resending.Nothing;
}
