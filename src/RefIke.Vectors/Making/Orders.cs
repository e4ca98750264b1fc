using System.Numerics;
using RefIke.Crypto;
using RefIke.Engine;
using RefIke.Exchanges;
using RefIke.Wire;

namespace RefIke.Vectors.Making;

internal static class Orders
{
    /// <summary>The order as the engine takes it.</summary>
    public static Input ToInput(this Order order, EndpointState state) => order.Kind switch
    {
        OrderKind.Connect => new Input.Connect(Setups.Connection, order.Child!),
        OrderKind.Rekey => new Input.Rekey(order.Spi!.Value),
        OrderKind.DeletePair => new Input.DeletePair(order.Spi!.Value),
        OrderKind.DeleteIsakmp => new Input.DeleteIsakmp(state.Isakmp.Values.Single().Own),
        OrderKind.NewGroup => new Input.NewGroup(
            state.Isakmp.Values.Single().Own, order.Group!.Number, Parameters(order.Group)),
        _ => throw new InvalidDataException($"{order.Kind}"),
    };

    private static GroupParameters Parameters(GroupInputs g)
    {
        var order = g.Order is { } n ? Number(n) : (BigInteger?)null;
        return g.Type switch
        {
            GroupType.Modp => new GroupParameters.Modp(Number(g.Prime), Number(g.X), order),
            GroupType.Ecp => new GroupParameters.Ecp(
                Number(g.Prime), Number(g.A!.Value), Number(g.B!.Value), Number(g.X), Number(g.Y!.Value), order),
            _ => new GroupParameters.Ec2n(Number(g.Prime), Number(g.A!.Value), Number(g.B!.Value), Number(g.X),
                g.Y is { } y ? Number(y) : null, order),
        };
    }

    private static BigInteger Number(Octets octets) => new(octets.Span, isUnsigned: true, isBigEndian: true);
}
