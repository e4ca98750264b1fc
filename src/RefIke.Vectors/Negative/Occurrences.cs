using System.Globalization;
using System.Net;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Wire;

namespace RefIke.Vectors.Negative;

/// <summary>What happens to an endpoint, between a file's words and the core's inputs.</summary>
internal static class Occurrences
{
    /// <summary>The input that an occurrence is; a datagram that was sent is none.</summary>
    public static Input ToInput(Occurrence what, EndpointState state) => what.What switch
    {
        "received" => new Input.DatagramArrived(
            IPEndPoint.Parse(what.To!), IPEndPoint.Parse(what.From!), what.Datagram!.Value),
        "timer" => new Input.TimerFired(state.Timers.Keys.First(t => $"{t}" == what.Order)),
        "order" => ToOrder(what.Order!, state),
        _ => throw new InvalidDataException($"{what.What} does not happen to an endpoint"),
    };

    public static Occurrence Sent(Instant now, Effect.Send sent)
        => new("sent", now.Milliseconds, null, $"{sent.Local}", $"{sent.Remote}", sent.Datagram);

    /// <summary>A MODP group of 1024 bits with the generator 2, the prime of group 2, under a private number.</summary>
    public static GroupParameters.Modp OfferedGroup
        => new(System.Numerics.BigInteger.Parse(
            "0FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
            + "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
            + "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE65381FFFFFFFFFFFFFFFF",
            NumberStyles.HexNumber, CultureInfo.InvariantCulture), 2);

    private static Input ToOrder(string order, EndpointState state) => order switch
    {
        "connect" => new Input.Connect("vector", "child"),
        "rekey" => new Input.Rekey(state.Pairs.Keys.First()),
        "deletePair" => new Input.DeletePair(state.Pairs.Keys.First()),
        "deleteIsakmp" => new Input.DeleteIsakmp(state.Isakmp.Values.First(e => e.Established is not null).Own),
        "newGroup" => new Input.NewGroup(
            state.Isakmp.Values.First(e => e.Established is not null).Own, 33000, OfferedGroup),
        _ => throw new InvalidDataException($"no owner gives the order {order}"),
    };
}
