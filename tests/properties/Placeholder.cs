namespace RefIke.Properties;

public sealed class Placeholder
{
}
