using System.Collections;
using System.Reflection;
using System.Runtime.InteropServices;
using FsCheck.Xunit;
using RefIke.Properties.Wire.Generators;
using RefIke.Wire;
using Xunit;

namespace RefIke.Properties.Wire;

/// <summary>
/// The reader copies nothing: bodies and fields are views of the datagram, so HASH covers what came (RFC 2409 §5).
/// </summary>
[Properties(Arbitrary = [typeof(WireArbitraries)], MaxTest = 500)]
public sealed class ViewTests
{
    /// <summary>
    /// Each body is the datagram's own octets, at the place that the chain gives it, and what was sent.
    /// </summary>
    [Property]
    public void BodyIsAViewOfTheDatagram(Message message)
    {
        var datagram = MessageWriter.Write(message.Header, message.Payloads);
        var at = Header.Size;
        foreach (var (sent, received) in message.Payloads.Zip(RoundTripTests.Read(datagram).Payloads))
        {
            Assert.True(MemoryMarshal.TryGetArray(received.Body.Memory, out var segment));
            Assert.Same(datagram, segment.Array);
            Assert.Equal(at + 4, segment.Offset);
            Assert.Equal(sent.Body, received.Body);
            at += 4 + segment.Count;
        }

        Assert.Equal(datagram.Length, at);
    }

    /// <summary>Data, SPIs, labels and attribute values, however deep, are views too.</summary>
    [Property]
    public void NestedFieldsAreViewsOfTheDatagram(Message message)
    {
        var datagram = MessageWriter.Write(message.Header, message.Payloads);
        foreach (var octets in RoundTripTests.Read(datagram).Payloads.SelectMany(Fields).Where(o => o.Length > 0))
        {
            Assert.True(MemoryMarshal.TryGetArray(octets.Memory, out var segment));
            Assert.Same(datagram, segment.Array);
        }
    }

    /// <summary>
    /// Every value of type <see cref="Octets"/> that can be reached from a payload through its public properties.
    /// </summary>
    private static IEnumerable<Octets> Fields(object? value) => value switch
    {
        null or string => [],
        Octets octets => [octets],
        IEnumerable list => list.Cast<object?>().SelectMany(Fields),
        _ when value.GetType().Namespace != typeof(Octets).Namespace || value.GetType().IsEnum => [],
        _ => value.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .SelectMany(p => Fields(p.GetValue(value))),
    };
}
