using System.Collections.Immutable;
using RefIke.Wire;

namespace RefIke.Exchanges.Profiles.Xauth;

/// <summary>The attributes of XAUTH's messages (draft-beaulieu-ike-xauth-02 §6.1, §6.2): asked for, answered and judged.</summary>
public static class XauthAttributes
{
    private const int MostText = 1024;

    /// <summary>Whether an attribute is one of XAUTH's.</summary>
    public static bool Is(DataAttribute attribute)
        => attribute.Type is >= (ushort)ConfigurationAttribute.XauthType and <= (ushort)ConfigurationAttribute.XauthAnswer;

    /// <summary>XAUTH-STATUS: OK is 1, FAIL is 0.</summary>
    [Clause("xauth-6.2-01")]
    public static DataAttribute Status(bool passed) => DataAttribute.Basic((ushort)ConfigurationAttribute.XauthStatus, (ushort)(passed ? 1 : 0));

    /// <summary>The XAUTH-STATUS in a list: true for OK, false for anything else that stands there; null where there is none.</summary>
    public static bool? StatusIn(ImmutableArray<DataAttribute> list)
        => Find(list, ConfigurationAttribute.XauthStatus) is { } status ? status.TryGetNumber(out var value) && value == 1 : null;

    /// <summary>
    /// What the edge device asks: name and password, both empty; for RADIUS-CHAP with type and challenge (§5.1, §6.1).
    /// Type Generic is said by saying none (§6.2).
    /// </summary>
    [Clause("xauth-6.1-01")]
    public static ImmutableArray<DataAttribute> Request(XauthType type, Octets challenge)
    {
        ImmutableArray<DataAttribute> asked = [Empty(ConfigurationAttribute.XauthUserName), Empty(ConfigurationAttribute.XauthUserPassword)];
        return type == XauthType.Generic ? asked
            : [Type(type), DataAttribute.Variable((ushort)ConfigurationAttribute.XauthChallenge, challenge), .. asked];
    }

    /// <summary>
    /// The host's answer: what was asked for, or XAUTH-STATUS FAIL where it is more than a name and a password, or of a type that is
    /// not spoken (§5, §6.1). The type stands in it if and only if it stood in the question (§6.2).
    /// </summary>
    [Clause("xauth-6.1-02")]
    [Clause("xauth-6.2-03")]
    public static ImmutableArray<DataAttribute> Answer(XauthPolicy.IpsecHost host, ImmutableArray<DataAttribute> asked)
    {
        var typed = Find(asked, ConfigurationAttribute.XauthType);
        var type = XauthType.Generic;
        if (typed is { } t)
        {
            if (!t.TryGetNumber(out var number) || number > (ulong)XauthType.RadiusChap)
            {
                return [Status(false)];
            }

            type = (XauthType)number;
        }

        var answer = ImmutableArray.CreateBuilder<DataAttribute>();
        if (typed is not null)
        {
            answer.Add(Type(type));
        }

        foreach (var attribute in asked.Where(Is))
        {
            switch ((ConfigurationAttribute)attribute.Type)
            {
                case ConfigurationAttribute.XauthUserName:
                    answer.Add(DataAttribute.Variable(attribute.Type, host.User));
                    break;
                case ConfigurationAttribute.XauthUserPassword when type == XauthType.RadiusChap:
                    var challenge = Find(asked, ConfigurationAttribute.XauthChallenge)?.Value ?? Octets.Empty;
                    answer.Add(DataAttribute.Variable(attribute.Type, Chap.Response(1, host.Password, challenge)));
                    break;
                case ConfigurationAttribute.XauthUserPassword:
                    answer.Add(DataAttribute.Variable(attribute.Type, host.Password.Reveal().ToArray()));
                    break;
                case ConfigurationAttribute.XauthType or ConfigurationAttribute.XauthMessage or ConfigurationAttribute.XauthChallenge:
                    break;
                default:
                    return [Status(false)];     // a passcode, a domain, a new PIN: nobody is here to be asked
            }
        }

        return answer.ToImmutable();
    }

    /// <summary>
    /// What a REPLY says of the user; null where it gives up, has another type than was asked for, or lacks name or password
    /// (§6.1, §6.2, B-117). One NUL after a text is not part of it (B-62).
    /// </summary>
    [Clause("xauth-6.1-03")]
    [Clause("xauth-6.2-03")]
    public static XauthCredentials? Read(ImmutableArray<DataAttribute> reply, XauthType asked, Octets challenge)
    {
        var type = Find(reply, ConfigurationAttribute.XauthType) is { } t ? t.TryGetNumber(out var number) ? number : ulong.MaxValue : 0;
        return StatusIn(reply) is null && type == (ulong)asked
            && Find(reply, ConfigurationAttribute.XauthUserName) is { Value.Length: > 0 and <= MostText } user
            && Find(reply, ConfigurationAttribute.XauthUserPassword) is { Value.Length: <= MostText } password
            ? new XauthCredentials(asked, Text(user.Value), asked == XauthType.Generic ? Text(password.Value) : password.Value, challenge)
            : null;
    }

    private static DataAttribute? Find(ImmutableArray<DataAttribute> list, ConfigurationAttribute type)
    {
        foreach (var attribute in list)
        {
            if (attribute.Type == (ushort)type)
            {
                return attribute;
            }
        }

        return null;
    }

    private static DataAttribute Empty(ConfigurationAttribute type) => DataAttribute.Variable((ushort)type, Octets.Empty);

    private static DataAttribute Type(XauthType type) => DataAttribute.Basic((ushort)ConfigurationAttribute.XauthType, (ushort)type);

    private static Octets Text(Octets text) => text.Length > 1 && text.Span[^1] == 0 ? text.Slice(0, text.Length - 1) : text;
}
