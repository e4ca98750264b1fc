using System.Buffers;
using System.Buffers.Binary;
using System.Collections;
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using RefIke.Crypto;
using RefIke.Exchanges.Profiles;
using RefIke.Wire;

namespace RefIke.Exploration.Worlds;

/// <summary>
/// A value as octets: two values have the same octets just where they are equal part by part. Records are their properties in the order
/// of their names, collections their elements (those of an unordered one sorted), secrets their octets. A record or a collection within another is
/// there by its digest, which is kept for a while: most parts of a state are those of the one before it.
/// </summary>
internal sealed class Canonical
{
    private static readonly ConcurrentDictionary<Type, Shape> Shapes = [];
    private static readonly ConcurrentDictionary<Type, bool> Fixed = [];

    /// <summary>So many digests of parts are kept, for each thread; then it begins anew. Handles that let go by themselves cost the collector more.</summary>
    private const int MostKept = 1 << 16;

    [ThreadStatic]
    private static Dictionary<object, byte[]>? kept;

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

    /// <summary>What a type's values are made of.</summary>
    /// <param name="Name">The type's name, as octets.</param>
    /// <param name="Parts">Reads each part of a record; null where it is no record.</param>
    /// <param name="IsKept">Whether its values never change, and live long enough to keep their digests.</param>
    /// <param name="IsOrdered">Of a collection: whether its elements have an order.</param>
    /// <param name="Called">Of what is no record: reads the name of a value, where it has one.</param>
    private sealed record Shape(
        byte[] Name, Func<object, object?>[]? Parts, bool IsKept, bool IsOrdered, Func<object, object?>? IsDefault, Func<object, object?>? Called);

    private void Write(object? value)
    {
        if (value is not null and not string and not Secret and not IPAddress and not IPEndPoint && Of(value.GetType()).IsKept)
        {
            WriteOctets(Kept(value));
            return;
        }

        WriteContent(value);
    }

    private static byte[] Kept(object value)
    {
        var all = kept ??= new(ReferenceEqualityComparer.Instance);
        if (!all.TryGetValue(value, out var octets))
        {
            octets = Encoded(value);
            if (all.Count >= MostKept)
            {
                all.Clear();
            }

            all.Add(value, octets);
        }

        return octets;
    }

    private static byte[] Encoded(object value)
    {
        var canonical = new Canonical();
        canonical.WriteContent(value);
        return SHA256.HashData(canonical.octets.WrittenSpan)[..16];
    }

    private void WriteContent(object? value)
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
            case BigInteger large:
                WriteOctets(large.ToByteArray());
                break;
            case ITuple tuple:
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
        var shape = Of(elements.GetType());
        Mark(4);
        if (shape.IsDefault?.Invoke(elements) is true)
        {
            return;
        }

        if (shape.IsOrdered)
        {
            foreach (var element in elements)
            {
                Write(element);
            }
        }
        else
        {
            foreach (var part in elements.Cast<object>().Select(Encoded).OrderBy(Convert.ToHexString, StringComparer.Ordinal))
            {
                WriteOctets(part);
            }
        }

        Mark(5);
    }

    private void WriteParts(object value)
    {
        var shape = Of(value.GetType());
        Mark(6);
        WriteOctets(shape.Name);
        if (shape.Parts is not { } parts)
        {
            Fixed.TryAdd(value.GetType(), true);
            WriteOctets(Encoding.UTF8.GetBytes((shape.Called?.Invoke(value) ?? value).ToString()!));
            return;
        }

        foreach (var part in parts)
        {
            Write(part(value));
        }

        Mark(7);
    }

    private static Shape Of(Type type) => Shapes.GetOrAdd(type, Make);

    private static Shape Make(Type type)
    {
        var isCollection = type.IsAssignableTo(typeof(IEnumerable));
        var isArray = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(System.Collections.Immutable.ImmutableArray<>);
        return new(
            Encoding.UTF8.GetBytes(type.Name),
            isCollection || !IsRecord(type) ? null : PartsOf(type),
            type.IsClass && (!isCollection || type.Namespace == "System.Collections.Immutable"),
            isArray || type.Name.StartsWith("ImmutableSorted", StringComparison.Ordinal) || type.Name.StartsWith("ImmutableList", StringComparison.Ordinal)
                || type.IsArray,
            isArray ? Reader(type, type.GetProperty("IsDefault")!) : null,
            !isCollection && !IsRecord(type) && type.GetProperty("Name") is { } name ? Reader(type, name) : null);
    }

    /// <summary>
    /// What a record consists of: properties that hold something. One that is worked out from others is left out, or it would be
    /// followed for ever.
    /// </summary>
    private static Func<object, object?>[] PartsOf(Type type)
        => [.. type.GetProperties(BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance)
            .Where(p => p.GetIndexParameters().Length == 0 && p.Name != "EqualityContract" && HasField(type, p))
            .OrderBy(p => p.Name, StringComparer.Ordinal).Select(p => Reader(type, p))];

    private static Func<object, object?> Reader(Type type, PropertyInfo property)
    {
        var value = Expression.Parameter(typeof(object));
        return Expression.Lambda<Func<object, object?>>(
            Expression.Convert(Expression.Property(Expression.Convert(value, type), property), typeof(object)), value).Compile();
    }

    private static bool IsRecord(Type type)
        => type.GetMethod("<Clone>$") is not null || (type.IsValueType && type.GetMethod("PrintMembers", BindingFlags.NonPublic | BindingFlags.Instance) is not null)
            || type.FullName!.StartsWith("System.Collections.Generic.KeyValuePair", StringComparison.Ordinal);

    private static bool HasField(Type type, PropertyInfo property)
        => type.Namespace?.StartsWith("RefIke", StringComparison.Ordinal) != true
            || Fields(type).Any(f => f.Name == $"<{property.Name}>k__BackingField");

    private static IEnumerable<FieldInfo> Fields(Type? type)
        => type is null ? [] : type.GetFields(BindingFlags.NonPublic | BindingFlags.Instance).Concat(Fields(type.BaseType));
}
