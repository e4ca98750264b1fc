using RefIke.Engine;
using RefIke.Exchanges;

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
        _ => throw new InvalidDataException($"{order.Kind}"),
    };
}
