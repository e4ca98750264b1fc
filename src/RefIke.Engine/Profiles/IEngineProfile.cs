using RefIke.Engine.Steps;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Engine.Profiles;

/// <summary>What a profile made of a notify.</summary>
internal enum Noticed
{
    /// <summary>It is not the profile's.</summary>
    NotMine,

    /// <summary>It was obeyed.</summary>
    Taken,

    /// <summary>It was refused: it proves nothing.</summary>
    Refused,
}

/// <summary>
/// The points at which what deployed IKEv1 added meets the life of an ISAKMP SA. A profile looks itself whether the
/// SA's connection speaks it.
/// </summary>
internal interface IEngineProfile
{
    /// <summary>An ISAKMP SA is up.</summary>
    void Established(Work work, IsakmpEntry entry)
    {
    }

    /// <summary>
    /// A message of the peer under an ISAKMP SA verified and is no copy; nothing in it was obeyed yet.
    /// </summary>
    void Verified(Work work, IsakmpEntry entry)
    {
    }

    /// <summary>The same message was taken.</summary>
    void Heard(Work work, IsakmpEntry entry)
    {
    }

    /// <summary>A notify in such a message.</summary>
    Noticed Take(Work work, IsakmpEntry entry, ExchangeName name, NotificationPayload notify) => Noticed.NotMine;

    /// <summary>A datagram has been sent to the peer of an entry.</summary>
    void Sent(Work work, IsakmpEntry entry)
    {
    }

    /// <summary>A timer, which has been stopped, of a kind that may be the profile's.</summary>
    void Fired(Work work, TimerId timer)
    {
    }
}
