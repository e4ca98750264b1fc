using System.Buffers;
using System.Buffers.Binary;
using System.Collections;
using System.Collections.Concurrent;
using System.Net;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using RefIke.Crypto;
using RefIke.Exchanges.Profiles;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>
/// A value as octets: two values have the same octets just where they are equal part by part. Records are their properties in the order
/// of their names, collections their elements (those of an unordered one sorted), secrets their octets.
/// </summary>
internal sealed class Canonical
{
    private static readonly ConcurrentDictionary<Type, PropertyInfo[]> Parts = [];
    private static readonly ConcurrentDictionary<Type, bool> Fixed = [];
    private readonly ArrayBufferWriter<byte> octets = new();

    /// <summary>
    /// The types met that are no records: an algorithm, a group, a profile. They never change, and are told apart by their names.
    /// </summary>
    public static IEnumerable<string> FixedTypes => Fixed.Keys.Select(t => t.Name).Order(StringComparer.Ordinal);

    /// <summary>The first 128 bits of SHA-256 over the octets.</summary>
    public static UInt128 Digest(params ReadOnlySpan<object> values)
    {
        var canonical = new Canonical();
        foreach (var value in values)
        {
            canonical.Write(value);
        }

        return Digest(canonical.octets.WrittenSpan);
    }

    /// <summary>The same of octets.</summary>
    public static UInt128 Digest(ReadOnlySpan<byte> octets)
    {
        Span<byte> hash = stackalloc byte[32];
        SHA256.HashData(octets, hash);
        return BinaryPrimitives.ReadUInt128BigEndian(hash);
    }

    private void Write(object? value)
    {
        switch (value)
        {
            case null:
                Mark(0);
                break;
            case string text:
                WriteOctets(Encoding.UTF8.GetBytes(text));
                break;
            case Octets some:
                WriteOctets(some.Span);
                break;
            case Secret secret:
                WriteOctets(secret.Reveal());
                break;
            case IPAddress address:
                WriteOctets(address.GetAddressBytes());
                break;
            case IPEndPoint endpoint:
                WriteOctets(endpoint.Address.GetAddressBytes());
                WriteNumber(endpoint.Port);
                break;
            case Enum or bool or byte or ushort or int or uint or long or ulong:
                WriteNumber(value is ulong big ? unchecked((long)big) : Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture));
                break;
            case System.Runtime.CompilerServices.ITuple tuple:
                Mark(8);
                for (var i = 0; i < tuple.Length; i++)
                {
                    Write(tuple[i]);
                }

                break;
            case UInt128 wide:
                WriteNumber(unchecked((long)(ulong)(wide >> 64)));
                WriteNumber(unchecked((long)(ulong)wide));
                break;
            case ProfileSet profiles:
                WriteElements(profiles.Profiles);
                break;
            case IEnumerable elements:
                WriteElements(elements);
                break;
            default:
                WriteParts(value);
                break;
        }
    }

    private void WriteOctets(ReadOnlySpan<byte> some)
    {
        Mark(3);
        BinaryPrimitives.WriteInt32BigEndian(octets.GetSpan(4), some.Length);
        octets.Advance(4);
        octets.Write(some);
    }

    private void WriteNumber(long number)
    {
        Mark(2);
        BinaryPrimitives.WriteInt64BigEndian(octets.GetSpan(8), number);
        octets.Advance(8);
    }

    private void Mark(byte mark)
    {
        octets.GetSpan(1)[0] = mark;
        octets.Advance(1);
    }

    private void WriteElements(IEnumerable elements)
    {
        var type = elements.GetType();
        Mark(4);
        if (type.IsGenericType && type.Name.StartsWith("ImmutableArray", StringComparison.Ordinal) && (bool)type.GetProperty("IsDefault")!.GetValue(elements)!)
        {
            return;
        }

        var isSorted = type.Name.StartsWith("ImmutableArray", StringComparison.Ordinal) || type.Name.StartsWith("ImmutableSorted", StringComparison.Ordinal)
            || type.Name.StartsWith("ImmutableList", StringComparison.Ordinal) || type.IsArray;
        var parts = elements.Cast<object?>().Select(e =>
        {
            var part = new Canonical();
            part.Write(e);
            return part.octets.WrittenSpan.ToArray();
        });
        foreach (var part in isSorted ? parts : parts.OrderBy(Convert.ToHexString, StringComparer.Ordinal))
        {
            WriteOctets(part);
        }

        Mark(5);
    }

    private void WriteParts(object value)
    {
        var type = value.GetType();
        Mark(6);
        WriteOctets(Encoding.UTF8.GetBytes(type.Name));
        if (!IsRecord(type))
        {
            Fixed.TryAdd(type, true);
            WriteOctets(Encoding.UTF8.GetBytes((type.GetProperty("Name")?.GetValue(value) ?? value).ToString()!));
            return;
        }

        foreach (var part in Parts.GetOrAdd(type, Of))
        {
            Write(part.GetValue(value));
        }

        Mark(7);
    }

    /// <summary>
    /// What a record consists of: properties that hold something. One that is worked out from others is left out, or it would be
    /// followed for ever.
    /// </summary>
    private static PropertyInfo[] Of(Type type)
        => [.. type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract" && HasField(type, p))
            .OrderBy(p => p.Name, StringComparer.Ordinal)];

    private static bool IsRecord(Type type)
        => type.GetMethod("<Clone>$") is not null || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null)
            || type.FullName!.StartsWith("System.Collections.Generic.KeyValuePair", StringComparison.Ordinal);

    private static bool HasField(Type type, PropertyInfo property)
        => type.Namespace?.StartsWith("RefIke", StringComparison.Ordinal) != true
            || Fields(type).Any(f => f.Name == $"<{property.Name}>k__BackingField");

    private static IEnumerable<FieldInfo> Fields(Type? type)
        => type is null ? [] : type.GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Concat(Fields(type.BaseType));
}
