using RefIke.Crypto;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Crypto;

/// <summary>
/// Faults speak of notifies in numbers, since Crypto does not know Wire: here the two registries are held side by side.
/// </summary>
public sealed class CryptoFaultTests
{
    /// <summary>RFC 2408 §3.14.1: each notify of a fault has the name and the number that the wire has.</summary>
    [Fact]
    public void NotifiesHaveTheNumbersOfTheWire()
        => Assert.All(Enum.GetValues<FaultNotify>(), notify => Assert.Equal($"{notify}", $"{(NotifyType)notify}"));

    /// <summary>
    /// House rule: a fault is a sealed record nested in the one type, so that a switch over kinds finds them all.
    /// </summary>
    [Fact]
    public void EveryFaultIsAKindOfItsOwnWithinTheOneType()
        => Assert.All(typeof(CryptoFault).GetNestedTypes(), kind
            => Assert.True(kind.IsSealed && kind.BaseType == typeof(CryptoFault)));
}
