using RefIke.Engine;

namespace RefIke.Exploration.Scenarios;

/// <summary>An owner's order to one endpoint, which may depend on what it and the others hold.</summary>
/// <param name="Of">The order; null where there is nothing left to order.</param>
public sealed record Order(Side To, string Words, Func<Ends, Input?> Of)
{
    /// <summary>
    /// What an owner who is an attacker does to his endpoint's memory just before, to have it say what an honest one would not; null
    /// for an honest one.
    /// </summary>
    public Func<Ends, EndpointState>? Tampering { get; init; }

    /// <summary>Bring the child up.</summary>
    public static Order Up(Side to, string child = "c") => new(to, "Connect", _ => new Input.Connect(Cast.ConnectionOf(to), child));

    /// <summary>Bring the child up, where no pair of it is there.</summary>
    public static Order UpIfDown(Side to, string child = "c") => new(to, "Connect", ends
        => ends.Of(to).Sending(Cast.ConnectionOf(to), child) is null ? new Input.Connect(Cast.ConnectionOf(to), child) : null);

    /// <summary>Rekey the pair that is used.</summary>
    public static Order Rekey(Side to) => OfPair(to, "Rekey", pair => new Input.Rekey(pair.Spi));

    /// <summary>Delete the pair that is used.</summary>
    public static Order DeletePair(Side to, string child = "c") => OfPair(to, "DeletePair", pair => new Input.DeletePair(pair.Spi), child);

    /// <summary>Traffic has come over the pair that is used.</summary>
    public static Order Traffic(Side to) => OfPair(to, "TrafficSeen", pair => new Input.TrafficSeen(pair.Spi));

    /// <summary>So many octets have gone over the pair that is used.</summary>
    public static Order Carried(Side to, ulong octets) => OfPair(to, "Carried", pair => new Input.Carried(pair.Spi, octets));

    /// <summary>Renew the ISAKMP SA that is oldest by name.</summary>
    public static Order Renew(Side to) => OfIsakmp(to, "Renew", e => new Input.Renew(e.Own));

    /// <summary>Delete it.</summary>
    public static Order DeleteIsakmp(Side to) => OfIsakmp(to, "DeleteIsakmp", e => new Input.DeleteIsakmp(e.Own));

    /// <summary>Something about the pair that is used.</summary>
    public static Order OfPair(Side to, string words, Func<IpsecPair, Input> order, string child = "c")
        => new(to, words, ends => ends.Of(to).Sending(Cast.ConnectionOf(to), child) is { } pair ? order(pair) : null);

    /// <summary>Something about the ISAKMP SA that is oldest by name.</summary>
    public static Order OfIsakmp(Side to, string words, Func<IsakmpEntry, Input> order)
        => new(to, words, ends => ends.Of(to).Isakmp.IsEmpty ? null : order(ends.Of(to).Isakmp.Values.First()));
}
