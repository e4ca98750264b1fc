namespace RefIke.Exchanges;

/// <summary>Which side of an exchange an endpoint plays. Phase 2 may be initiated by either side of phase 1 (RFC 2409 §4).</summary>
public enum Role
{
    /// <summary>Sends the first message.</summary>
    Initiator,

    /// <summary>Answers the first message.</summary>
    Responder,
}
